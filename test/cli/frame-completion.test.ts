import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

const file = join(tmpdir(), `iv-completion-${process.pid}.bash`)

/** What a real bash would offer for the words typed so far; the last one is being completed. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const script = `
    source "$1"; shift
    COMP_WORDS=(iv "$@"); COMP_CWORD=$#
    _iv
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await execa('bash', ['--norc', '-euc', script, 'bash', file, ...words], {
    timeout: 10_000,
  })
  return stdout.split('\n').filter((word) => word !== '')
}

describe('completion in a real bash', () => {
  beforeAll(async () => {
    const result = await iv(['completion', 'bash'])
    await writeFile(file, result.stdout)
  })

  it('offers commands and topics, each once', async () => {
    const words = await offered('')
    expect(words).toEqual(expect.arrayContaining(['completion', 'toolchain']))
    expect(new Set(words).size).toBe(words.length)
    expect(await offered('tool')).toEqual(['toolchain'])
  })

  it('offers the verbs of a topic, also when flags stand in between', async () => {
    expect(await offered('toolchain', 'l')).toEqual(['list'])
    expect(await offered('--env', 'local', 'toolchain', 'li')).toEqual(['list'])
  })

  it('offers the flags of the command that was typed', async () => {
    expect(await offered('toolchain', 'list', '--out')).toEqual(['--output'])
    expect(await offered('toolchain', 'list', '--')).toContain('--json')
  })

  it('offers the values of a flag, after a space and after an equals sign', async () => {
    expect(await offered('toolchain', 'list', '--output', 'm')).toEqual(['markdown'])
    expect(await offered('toolchain', 'list', '--output', '=', 'nd')).toEqual(['ndjson'])
    expect(await offered('toolchain', 'list', '-o', 'w')).toEqual(['wide'])
  })
})

describe('completion of other shells', () => {
  it.each(['zsh', 'fish'])('%s gets every command, flag and value', async (shell) => {
    const { stdout } = await iv(['completion', shell])
    for (const word of ['toolchain', 'list', 'output', 'ndjson', 'log-level']) expect(stdout).toContain(word)
  })

  it('refuses a shell it does not know', async () => {
    const result = await iv(['completion', 'tcsh', '--json'])
    expect(result.exitCode).toBe(2)
    expect(result.json.error?.message).toContain('bash, zsh, fish')
  })
})

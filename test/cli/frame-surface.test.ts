import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/iv.ts'

interface Flag {
  type: 'boolean' | 'option'
  env?: string
  summary?: string
}

interface CommandClass {
  summary?: string
  examples?: readonly string[]
  flags?: Record<string, Flag>
  baseFlags: Record<string, Flag>
}

const bundle = join(repository, 'dist', await readFile(join(repository, 'dist/current'), 'utf8'))
const manifest = JSON.parse(await readFile(join(bundle, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, { relativePath: string[] }>
}
const commands = await Promise.all(
  Object.entries(manifest.commands).map(async ([id, { relativePath }]) => {
    const module = (await import(join(bundle, ...relativePath))) as { default: CommandClass }
    const { flags, baseFlags } = module.default
    return { id, command: module.default, flags: Object.entries({ ...baseFlags, ...flags }) }
  }),
)

describe.each(commands)('iv $id', ({ command, flags }) => {
  it('says what it is and shows an example', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/)
    expect(command.examples?.length).toBeGreaterThan(0)
  })

  it('has a summary for every flag, and names variables by the one rule', () => {
    for (const [name, flag] of flags) {
      expect([name, (flag.summary ?? '') !== '']).toEqual([name, true])
      const variable = `IV_${name.toUpperCase().replaceAll('-', '_')}`
      expect([name, flag.env ?? variable]).toEqual([name, variable])
    }
  })

  it('never takes a yes to destruction from a variable', () => {
    expect(flags.find(([name]) => name === 'confirm')?.[1].env).toBeUndefined()
    expect(flags.find(([name]) => name === 'yes')?.[1].env).toBeUndefined()
  })
})

import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { runEngine } from '../../src/engine/process.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-engine-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function program(script: string): Promise<string> {
  const file = join(folder, 'engine')
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
  return file
}

function input(file: string, signal = new AbortController().signal) {
  return {
    program: file,
    args: ['up'],
    folder: join(folder, 'work'),
    env: { WORD: 'x' },
    signal,
    clock: systemClock,
  }
}

test('gives the true exit code and both streams, with no other environment than the given', async () => {
  const file = await program('echo "out $1 $WORD $HOME"; echo err >&2; exit 7')
  expect(await runEngine(input(file))).toEqual({ exitCode: 7, stdout: 'out up x \n', stderr: 'err\n' })
  expect(await readdir(join(folder, 'work'))).toEqual([])
})

test('an abort becomes one interrupt, and the end is waited for', async () => {
  const controller = new AbortController()
  const ready = join(folder, 'ready')
  const file = await program(
    `n=0; trap 'n=$((n+1))' INT; : > ${ready}; while [ $n = 0 ]; do sleep 0.02; done; sleep 0.2; echo "interrupts $n"; exit 1`,
  )
  const running = runEngine(input(file, controller.signal))
  await expect.poll(() => readdir(folder)).toContain('ready')
  controller.abort()
  expect(await running).toMatchObject({ exitCode: 1, stdout: 'interrupts 1\n' })
})

test('runs in a process group of its own, which a terminal interrupt does not reach', async () => {
  const file = await program('echo "$$ $(ps -o pgid= -p $$)"')
  const { stdout } = await runEngine({ ...input(file), env: { PATH: process.env['PATH'] ?? '' } })
  const [pid, group] = stdout.trim().split(/\s+/)
  expect(group).toBe(pid)
})

test('a program that cannot be started names itself and the way out', async () => {
  await expect(runEngine(input(join(folder, 'missing')))).rejects.toMatchObject({
    code: 'OPERATION',
    next: 'iv toolchain install pulumi',
  })
})

test('an end by signal has no exit code', async () => {
  const file = await program('kill -KILL $$')
  expect((await runEngine(input(file))).exitCode).toBeUndefined()
})

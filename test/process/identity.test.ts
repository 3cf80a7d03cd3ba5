import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { identify, isAlive, programOf, thisProcess } from '../../src/process/identity.ts'

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true)
}

/** The pid of a process that was there and is gone. */
function deadPid(): number {
  return spawnSync('/bin/true').pid
}

test('a process that is dead but not yet collected by its parent holds nothing', async () => {
  // The child ends when the test lets it, after the shell became a program that collects nobody.
  const parent = spawn('/bin/sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  const release = parent.stdio[3]
  if (!parent.stdout || !release || !('end' in release)) throw new Error('no pipe to the child')
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString().trim())
  await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').startsWith('sleep'))
  expect(isAlive({ pid })).toBe(true)
  release.end()
  await until(() => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
  expect(isAlive({ pid })).toBe(false)
  expect(identify(pid)).toBeUndefined()
  parent.kill('SIGKILL')
})

test('a process is alive only as itself', () => {
  expect(isAlive(thisProcess())).toBe(true)
  expect(isAlive({ pid: process.pid })).toBe(true)
  expect(isAlive({ pid: process.pid, startTime: 'before/1' })).toBe(false)
  expect(isAlive({ pid: deadPid() })).toBe(false)
  expect(identify(process.pid)).toEqual(thisProcess())
  expect(identify(deadPid())).toBeUndefined()
})

test('a number that means a group of processes names none', () => {
  expect([0, -1, -process.pid].map((pid) => isAlive({ pid }))).toEqual([false, false, false])
})

test('the program of a process is known by its name, which may hold parentheses', async () => {
  const child = spawn('/bin/sh', ['-c', "printf 'a) S (b' >/proc/self/comm; echo; cat"], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  expect(programOf(child.pid ?? 0)).toBe('a) S (b')
  expect(isAlive({ pid: child.pid ?? 0 })).toBe(true)
  child.stdin.end()
  await once(child, 'exit')
  expect(programOf(deadPid())).toBeUndefined()
})

import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { Clock } from '../clock.ts'
import { isAlive, programOf } from '../process/identity.ts'
import { poll } from '../poll.ts'
import { engineMark } from './environment.ts'
import type { StackLock } from './lock.ts'

/** For the steps that were under way: without its `iv` the engine has nobody to ask for more. */
const unwindMs = 5000

/**
 * Ends engines that outlived, on this machine, the `iv` that started them. Only for one who holds the lock of the
 * region: then whoever else works on the stack is a former holder's. An engine that somebody started by hand is
 * left alone. @returns their process numbers.
 */
export async function endSurvivors(locks: readonly StackLock[], clock: Clock): Promise<number[]> {
  const ended: number[] = []
  for (const { pid, host } of locks) {
    if (host !== hostname() || programOf(pid) !== 'pulumi' || !(await isOurs(pid))) continue
    await end(pid, clock)
    ended.push(pid)
  }
  return ended
}

async function isOurs(pid: number): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').includes(`${engineMark}=1`)
}

async function end(pid: number, clock: Clock): Promise<void> {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const gone = await poll(() => (isAlive({ pid }) ? undefined : true), {
      clock,
      everyMs: 50,
      withinMs: unwindMs,
    })
    if (gone) return
  }
}

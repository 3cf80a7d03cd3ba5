import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

const runs = [
  // As fast as the recorder wants it, with a worker for each autoscaler: one that waits holds up no other.
  '--controllers=horizontal-pod-autoscaler-controller',
  '--horizontal-pod-autoscaler-sync-period=1s',
  '--concurrent-horizontal-pod-autoscaler-syncs=50',
]

/**
 * Puts a controller-manager that runs nothing but the autoscaler, every second, in the place of a region's own, with
 * the same program, credentials and environment (so that whoever stops the region finds it).
 */
export async function replaceController(pid: number): Promise<{ stop: () => Promise<void> }> {
  const [program = '', ...args] = await zeroSeparated(`/proc/${pid}/cmdline`)
  const environment = await zeroSeparated(`/proc/${pid}/environ`)
  await end(pid)
  const child = spawn(program, [...args, ...runs], {
    env: Object.fromEntries(
      environment.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    ),
    stdio: 'ignore',
  })
  return { stop: async () => (child.pid === undefined ? undefined : end(child.pid)) }
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (await readFile(`/proc/${pid}/cmdline`).catch(() => '')) await pause(50)
}

async function zeroSeparated(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\0').filter((part) => part !== '')
}

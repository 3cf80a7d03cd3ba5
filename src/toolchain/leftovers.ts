import { readdir, readFile } from 'node:fs/promises'

/**
 * Ends what still works in a work folder: a Go that is told to stop leaves its compilers running, and a killed
 * `iv` leaves Go. They are recognised by the temporary folder in their environment, which nobody else has.
 * Does nothing where there is no `/proc`.
 */
export async function endProcessesIn(folder: string): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
  await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      if (pid !== process.pid && environment.split('\0').includes(`GOTMPDIR=${folder}`)) end(pid)
    }),
  )
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

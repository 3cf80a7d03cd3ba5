import { findByEnvironment } from '../process/find.ts'

/**
 * Ends what still works in a work folder: a Go that is told to stop leaves its compilers running, and a killed
 * `iv` leaves Go. They are recognised by the temporary folder in their environment, which nobody else has.
 * Does nothing where there is no `/proc`.
 */
export async function endProcessesIn(folder: string): Promise<void> {
  const found = await findByEnvironment((entry) => entry === `GOTMPDIR=${folder}`)
  for (const { pid } of found) if (pid !== process.pid) end(pid)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

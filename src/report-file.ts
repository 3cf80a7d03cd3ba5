import { writeFile } from 'node:fs/promises'
import { Failure } from './failure.ts'

/**
 * Writes a report to the file that the user named: whatever can be written to, a pipe too.
 * @throws {Failure} OPERATION where it cannot be written.
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('OPERATION', `cannot write ${file}: ${code ?? String(error)}`, {
      cause: error,
      next: 'name a file that can be written',
    })
  }
}

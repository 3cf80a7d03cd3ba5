/**
 * Waits for all of them, then throws the first failure: nothing goes on in the background after a command has
 * given up and released its lock.
 */
export async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

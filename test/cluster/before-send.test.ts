import { expect, test } from 'vitest'
import { answer, connected } from './http-server.ts'

/** The last look before a request leaves: for writers whose lock may be lost at any moment. */

test('what the last look throws keeps the request from leaving, on a new connection and on a kept one', async () => {
  const seen: string[] = []
  const { cluster, stop } = await connected((request, response) => {
    seen.push(`${request.method} ${request.body}`)
    answer(response, 200, {})
  })
  const lost = new Error('lost')
  const refuse = (): void => {
    throw lost
  }
  const write = (beforeSend: () => void) =>
    cluster.request({ method: 'PUT', path: '/x', body: { a: 1 }, beforeSend })
  // Two at once: the second one has to open a connection of its own.
  const ends = await Promise.allSettled([write(refuse), write(refuse)])
  expect(ends.every((end) => end.status === 'rejected')).toBe(true)
  expect(seen).toEqual([])
  let looks = 0
  await write(() => (looks += 1))
  expect([looks, seen]).toEqual([1, ['PUT {"a":1}']])
  await stop()
})

import { expect, test } from 'vitest'
import { connected } from './http-server.ts'

function line(type: string, name: string): string {
  return `${JSON.stringify({ type, object: { metadata: { name } } })}\n`
}

test('a watch yields events as they come, also those cut between packets, until the server closes', async () => {
  const { cluster, stop } = await connected((request, response) => {
    expect(request.url).toBe('/pods?watch=1&allowWatchBookmarks=true&resourceVersion=7&labelSelector=a%3Db')
    const text = line('ADDED', 'one') + line('DELETED', 'two')
    response.write(text.slice(0, 30))
    setImmediate(() => response.end(text.slice(30)))
  })
  const signal = new AbortController().signal
  const seen: string[] = []
  for await (const event of cluster.watch('/pods', { signal, resourceVersion: '7', labelSelector: 'a=b' })) {
    seen.push(event.type)
  }
  expect(seen).toEqual(['ADDED', 'DELETED'])
  await stop()
})

test('a watch ends quietly when its signal aborts', async () => {
  const { cluster, stop } = await connected((_request, response) => response.write(line('ADDED', 'one')))
  const controller = new AbortController()
  let count = 0
  for await (const _event of cluster.watch('/pods', { signal: controller.signal })) {
    count += 1
    controller.abort()
  }
  expect(count).toBe(1)
  await stop()
})

test('a watch that ends in the middle of a line is over, not broken', async () => {
  const { cluster, stop } = await connected((_request, response) => {
    response.write(`${line('ADDED', 'one')}{"type":"MOD`)
    setImmediate(() => response.destroy())
  })
  const seen: string[] = []
  for await (const event of cluster.watch('/pods', { signal: new AbortController().signal }))
    seen.push(event.type)
  expect(seen).toEqual(['ADDED'])
  await stop()
})

test('a refused watch says why', async () => {
  const { cluster, stop } = await connected((_request, response) =>
    response.writeHead(403).end(JSON.stringify({ message: 'pods is forbidden: User "u" cannot watch' })),
  )
  const events = cluster.watch('/pods', { signal: new AbortController().signal })
  await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'AUTH',
    message: 'watch /pods: pods is forbidden: User "u" cannot watch',
  })
  await stop()
})

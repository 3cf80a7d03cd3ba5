import { expect, test, vi } from 'vitest'
import { EngineLog } from '../../src/provider/log.ts'
import { serveEngineLog } from './fake-engine.ts'

test('a status line is sent when it changes, and not again', async () => {
  const engine = await serveEngineLog()
  const log = new EngineLog(engine.address)
  for (const text of ['waiting: 1/3', 'waiting: 1/3', 'waiting: 2/3', '', '']) log.status('urn', text)
  await vi.waitFor(() => expect(engine.lines).toHaveLength(3))
  expect(engine.lines.toSorted()).toEqual(['', 'waiting: 1/3', 'waiting: 2/3'])
  log.close()
  engine.stop()
})

test('an engine that is gone costs a line and nothing else', async () => {
  const engine = await serveEngineLog()
  engine.stop()
  const log = new EngineLog(engine.address)
  expect(() => log.warning('urn', 'lost')).not.toThrow()
  log.close()
})

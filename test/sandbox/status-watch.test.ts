import { expect, inject, test } from 'vitest'
import { startInTerminal } from '../support/pty.ts'
import { touches } from '../support/touches.ts'

test('status --watch draws one picture in place and ends with Ctrl-C, showing what it saw last', async () => {
  touches('api-server')
  const session = startInTerminal(['status', '--watch', '--region', 'us-east,eu-west'], {
    cwd: inject('sandboxProject'),
    rows: 40,
    columns: 100,
  })
  await session.see(/^eu-west {2}active/)
  session.type('\u0003')
  await session.ended
  // Drawn in place and replaced by the result: each region's title is on the screen once.
  const titles = session.rows(true).filter((row) => /^(us-east {2}primary|eu-west {2}active)/.test(row))
  expect(titles.map((row) => row.split(' ')[0])).toEqual(['eu-west', 'us-east'])
})

import { render } from 'ink-testing-library'
import { expect, it } from 'vitest'
import { ProgressView } from '../../src/screen/progress-view.tsx'
import type { Row } from '../../src/screen/rows.ts'

const rows: Row[] = [
  { key: 'a', text: 'us-east', tone: 'head' },
  { key: 'b', text: '└─ ✓ done', tone: 'good' },
]

it('draws one row per line and hands out the way to write above', () => {
  let ready = 0
  const view = render(<ProgressView rows={rows} colour={false} onReady={() => void (ready += 1)} />)
  expect(view.frames.at(-1)).toBe('us-east\n└─ ✓ done')
  expect(ready).toBe(1)
  view.unmount()
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { MilestoneCheck } from '../../src/milestone/check.ts'
import { readWaivers, type Waiver, waived, writeWaivers } from '../../src/milestone/waivers.ts'

const failing: MilestoneCheck = { id: 'zones', verdict: 'fail', reason: 'two', evidence: null, ageDays: 0 }
const waiver: Waiver = {
  milestone: 'multi-az',
  check: 'zones',
  owner: 'ana',
  reason: 'booked',
  since: '2026-11-01',
  until: '2026-12-31',
}

it('holds up to and on its last day, for its own check, and then counts for nothing', () => {
  const on = (today: string, milestone = 'multi-az'): MilestoneCheck =>
    waived(failing, { milestone, waivers: [waiver], today })
  expect(on('2026-12-31').verdict).toBe('waived')
  expect(on('2027-01-01')).toMatchObject({ verdict: 'fail', reason: 'two; its waiver ended on 2026-12-31' })
  expect(on('2026-12-01', 'other')).toEqual(failing)
})

it('leaves what passes as it is', () => {
  const passing = { ...failing, verdict: 'pass' as const }
  expect(waived(passing, { milestone: 'multi-az', waivers: [waiver], today: '2026-12-01' })).toEqual(passing)
})

it('is read as it was written, and refused where anything is not understood', async () => {
  const project = await mkdtemp(join(tmpdir(), 'iv-waivers-'))
  try {
    expect(await readWaivers({ project })).toEqual([])
    await writeWaivers({ project }, [waiver])
    expect(await readWaivers({ project })).toEqual([waiver])
    await writeFile(join(project, 'iv-waivers.yaml'), 'waivers: [{ milestone: x, until: never }]\n')
    await expect(readWaivers({ project })).rejects.toThrow('iv-waivers.yaml: waivers.0')
    await writeFile(join(project, 'iv-waivers.yaml'), 'waivers: [')
    await expect(readWaivers({ project })).rejects.toThrow('is not YAML')
  } finally {
    await rm(project, { recursive: true, force: true })
  }
})

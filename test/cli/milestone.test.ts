import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-milestone-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

it('iv milestone list draws every milestone, and tells programs all of it', async () => {
  const text = await iv(['milestone', 'list'], { cwd })
  expect(text).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('10,000 concurrent') })
  const { json } = await iv(['milestone', 'list', '--json'], { cwd })
  expect(json).toMatchObject({ kind: 'MilestoneList', ok: true })
  const milestones = json.data['milestones'] as readonly unknown[]
  expect(milestones).toHaveLength(10)
  expect(milestones.at(-1)).toMatchObject({
    id: 'concurrent-10000',
    due: '2026-06',
    state: 'planned',
    slackDays: 213,
    checks: expect.arrayContaining([
      expect.objectContaining({ id: 'load-test', verdict: 'unknown', ageDays: null }),
    ]),
  })
})

it('iv milestone check exits 17 without evidence, and 6 for a milestone that there is not', async () => {
  const unknown = await iv(['milestone', 'check', 'multi-az', '--json'], { cwd })
  expect(unknown).toMatchObject({
    exitCode: 17,
    json: { kind: 'MilestoneCheck', error: { code: 'UNKNOWN' } },
  })
  expect((await iv(['milestone', 'check', 'multi-zone'], { cwd })).exitCode).toBe(6)
})

it('iv milestone explain says how evidence comes about', async () => {
  const result = await iv(['milestone', 'explain', 'multi-az'], { cwd })
  expect(result).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('next: drill the loss of a zone'),
  })
})

it('iv milestone waive accepts a check until a day, and exits 2, 6 for what it cannot accept', async () => {
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const args = ['milestone', 'waive', 'multi-az', '--owner', 'ana', '--reason', 'booked', '--json']
  const waive = (check: string, until: string, ...more: string[]) =>
    iv([...args, '--check', check, '--until', until, ...more], { cwd })
  expect((await waive('zone-drill', day(30))).exitCode).toBe(2)
  expect((await waive('zone-drill', day(-1), '--yes')).exitCode).toBe(2)
  expect((await waive('zone-dril', day(30), '--yes')).exitCode).toBe(6)
  const accepted = await waive('zone-drill', day(30), '--yes')
  expect(accepted).toMatchObject({ exitCode: 0, json: { kind: 'MilestoneWaiver' } })
  const { json } = await iv(['milestone', 'check', 'multi-az', '--json'], { cwd })
  expect(json.data['milestones']).toMatchObject([
    {
      checks: expect.arrayContaining([
        expect.objectContaining({
          id: 'zone-drill',
          verdict: 'waived',
          reason: expect.stringContaining(`waived by ana until ${day(30)}: booked`),
        }),
      ]),
    },
  ])
  expect(json.error?.message ?? '').not.toContain('zone-drill')
})

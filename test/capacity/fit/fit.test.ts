import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fit, type FitInput } from '../../../src/capacity/fit/fit.ts'
import { withoutHostnames } from '../../../src/snapshot/redact.ts'
import type { RegionSnapshot } from '../../../src/snapshot/snapshot.ts'
import { digestOf } from '../../../src/spec/digest.ts'
import { testCollaborators } from '../../support/collaborators.ts'
import { nodeLike, podLike, regionLike } from './support.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-fit-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const names = ['us-east', 'us-west', 'eu-west']

function regionOf(region: string): RegionSnapshot {
  const speech = { shape: 'speech' }
  return regionLike({
    region,
    nodes: ['x', 'y'].map((name) => nodeLike({ name: `${region}-${name}`, labels: speech })),
    pods: [
      podLike({
        name: 'asr-1',
        node: `${region}-x`,
        labels: { 'iv.dev/pool': 'asr' },
        requests: { cpu: 2000 },
        nodeSelector: speech,
      }),
    ],
  })
}

async function asked(part: Partial<FitInput>, regions = names.map(regionOf)) {
  const rest = {
    apiVersion: 'iv/v1',
    kind: 'Snapshot',
    takenAt: 't',
    environment: 'local',
    hostnames: true,
    regions,
  }
  const snapshot = join(folder, 'snapshot.json')
  await writeFile(snapshot, JSON.stringify({ ...rest, digest: digestOf(rest) }))
  const c = { ...testCollaborators(folder), connect: () => Promise.reject(new Error('no cluster')) }
  return fit({ environment: 'local', add: [], lose: undefined, regions: [], snapshot, ...part }, c)
}

describe('adding to regions as they are', () => {
  it('fits where each region has room for its share', async () => {
    const { data, outcome } = await asked({ add: ['asr=9'] })
    expect([data.fits, outcome]).toEqual([true, undefined])
    expect(Object.fromEntries(data.pools.map(({ region, placed }) => [region, placed]))).toEqual({
      'eu-west': 3,
      'us-east': 3,
      'us-west': 3,
    })
  })

  it('says what is short and why, with exit 5', async () => {
    const { data, outcome, error } = await asked({ add: ['asr=5'], regions: ['us-east'] })
    expect(outcome).toBe('POLICY')
    expect(data.pools).toMatchObject([
      { placed: 3, shortBy: 2, reason: 'insufficient cpu', reasons: { 'insufficient cpu': 2 } },
    ])
    expect(error?.message).toBe('2 of 5 asr do not fit: insufficient cpu')
  })

  it('moves what runs in a lost region to those that are left', async () => {
    const { data } = await asked({ lose: 'us-east', add: ['asr=3'] })
    expect(data.pools.map(({ region, wanted }) => [region, wanted])).toEqual([
      ['us-west', 2],
      ['eu-west', 2],
    ])
  })

  it('makes pods as the specification does where none runs: on none of these nodes', async () => {
    const { data } = await asked({ add: ['llm=1'], regions: ['us-west'] })
    expect(data.pools).toMatchObject([
      { pool: 'llm', placed: 0, reason: 'node selector or affinity', largestHole: null },
    ])
  })

  it.each([
    ['a pool that there is not', { add: ['lmm=1'] }, 'there is no pool "lmm"'],
    ['what is no number', { add: ['llm=few'] }, 'not a number of instances'],
    ['none', { add: ['llm=0'] }, 'not a number of instances'],
    ['nothing', {}, 'nothing to place'],
    ['a region that there is not', { add: ['llm=1'], lose: 'mars' }, 'mars'],
    ['the only region lost', { add: ['llm=1'], regions: ['us-east'], lose: 'us-east' }, 'no region is left'],
  ])('refuses %s', async (_, part, message) => {
    await expect(asked(part)).rejects.toThrow(message)
  })

  it('refuses a snapshot that was changed, or has not the region', async () => {
    await expect(asked({ add: ['asr=1'] }, [regionOf('us-east')])).rejects.toThrow('has no region')
    const file = join(folder, 'other.json')
    await writeFile(file, JSON.stringify({ kind: 'Snapshot' }))
    await expect(asked({ add: ['asr=1'], snapshot: file })).rejects.toThrow('is not a snapshot')
  })
})

describe('without host names', () => {
  it('a region gives the same answer', async () => {
    const regions = names.map(regionOf).map(withoutHostnames)
    expect(JSON.stringify(regions)).not.toContain('us-east-x')
    const { data } = await asked({ add: ['asr=5'], regions: ['us-east'] }, regions)
    expect(data.pools).toMatchObject([{ placed: 3, shortBy: 2 }])
  })
})

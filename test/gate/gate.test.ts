import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cluster, ClusterResponse } from '../../src/cluster/cluster.ts'
import { Failure } from '../../src/failure.ts'
import { gate } from '../../src/gate/gate.ts'
import { gateNames } from '../../src/gate/names.ts'
import type { GateData, GateRow } from '../../src/gate/result.ts'
import type { GateInput } from '../../src/gate/verdict.ts'
import { render } from '../../src/render/render.ts'
import { gateJunit } from '../../src/report/gate-junit.ts'
import { gateWriter } from '../../src/report/gate.ts'
import type { Report } from '../../src/report/report.ts'
import { plainStyle } from '../../src/report/style.ts'
import { fakeCluster } from '../deploy/fake-cluster.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { type GitProject, makeGitProject } from '../support/git-project.ts'

let project: GitProject
beforeEach(() => {
  project = makeGitProject({ 'iv.yaml': 'name: interview\n' })
  project.commit('one')
})
afterEach(() => project.remove())

const base: GateInput = {
  environment: 'local',
  regions: ['us-east'],
  only: [],
  reference: 'HEAD',
  folder: undefined,
  access: {},
  maxMonthlyUsd: undefined,
  maxIncreasePercent: undefined,
  accept: [],
  reason: undefined,
}
const down = (): Promise<Cluster> => Promise.reject(new Failure('OPERATION', 'connection refused'))

function run(
  input: Partial<GateInput> = {},
  connect: () => Promise<Cluster> = down,
): Promise<Report<GateData>> {
  return gate({ ...base, ...input }, { ...testCollaborators(project.folder), connect })
}

/** Adds to the specification, and asks one gate. */
async function ask(name: GateRow['id'], text = '', input: Partial<GateInput> = {}): Promise<GateRow> {
  appendFileSync(join(project.folder, 'iv.yaml'), text)
  const { data } = await run({ only: [name], ...input })
  const [row] = data.gates
  if (!row) throw new Error('no row')
  return row
}

describe('the gates', () => {
  test('of a harmless change let it go on: what nobody demands may be unknown, and is never an allow', async () => {
    const { data, outcome } = await run()
    expect(outcome).toBeUndefined()
    expect(data.gates.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'validate allow',
      'render allow',
      'lint allow',
      'policy allow',
      'drift unknown',
      'capacity allow',
      'cost unknown',
      'evidence unknown',
    ])
    expect(data.gates.filter(({ verdict }) => verdict === 'unknown').some(({ required }) => required)).toBe(
      false,
    )
  })

  test.each(['drift', 'cost', 'evidence'])('%s that is demanded and cannot tell is 17', async (name) => {
    appendFileSync(join(project.folder, 'iv.yaml'), `gates: { mustAllow: [${name}] }\n`)
    expect(await run()).toMatchObject({
      outcome: 'UNKNOWN',
      error: { message: expect.stringContaining(`${name} unknown`) },
    })
  })

  test('a specification that is not valid is 2, and lets no other gate be asked', async () => {
    appendFileSync(join(project.folder, 'iv.yaml'), 'pools: [\n')
    const { data, outcome, error } = await run()
    expect(outcome).toBe('USAGE')
    expect(error?.message).toContain('iv.yaml:')
    expect(data.gates).toHaveLength(gateNames.length)
    expect(data.gates.slice(1).every(({ verdict }) => verdict === 'unknown')).toBe(true)
  })

  test('have names', async () => {
    await expect(run({ only: ['polcy'] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      next: 'did you mean policy?',
    })
  })

  test('look the same to a person, a comment and a test report', async () => {
    const { data } = await run({ maxMonthlyUsd: 1 })
    const text = gateWriter.text(data, plainStyle)
    const comment = gateWriter.markdown?.(data) ?? ''
    for (const { id, verdict } of data.gates) {
      expect(text).toMatch(new RegExp(`^${id} +${verdict} `, 'm'))
      expect(comment).toMatch(new RegExp(`^\\| ${id} \\| . ?${verdict} \\|`, 'mu'))
    }
    expect(comment.startsWith('<!-- iv gate local -->\n')).toBe(true)
    expect(gateJunit(data)).toContain('tests="8" failures="1" errors="0" skipped="2"')
  })
})

describe('policy', () => {
  test.each([
    [
      'IV-POLICY-001',
      'pools: { sfu: { image: "r.example.com:5000/sfu" } }\n',
      /r.example.com:5000\/sfu can be another/,
    ],
    ['IV-POLICY-001', 'pools: { sfu: { image: "r.example.com/sfu:latest" } }\n', /latest/],
    ['IV-POLICY-002', 'gates: { registries: [r.example.com] }\n', /from none of r\.example\.com/],
    ['IV-POLICY-101', 'regions: { us-west: null }\n', /us-west and everything in it/],
    ['IV-POLICY-102', 'pools: { sfu: { instances: { maximum: 10 } } }\n', /30 → 10 takes 67 %/],
    ['IV-POLICY-103', 'backups: { transcripts: { retention: 1d } }\n', /→ 1d/],
  ])('%s denies: %s', async (id, text, message) => {
    const row = await ask('policy', text)
    expect(row).toMatchObject({ verdict: 'deny', reason: expect.stringMatching(message) })
    expect(row.reason).toContain(id)
    const accepted = await ask('policy', '', { accept: [id], reason: 'agreed in the review' })
    expect(accepted).toMatchObject({
      verdict: 'allow',
      reason: expect.stringContaining(`accepted ${id}: agreed`),
    })
  })

  test('a finding is accepted by name and with a reason', async () => {
    await expect(run({ accept: ['IV-POLICY-101'] })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(run({ accept: ['IV-POLICY-9'], reason: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('without a repository nothing is known about the change, and that is no yes', async () => {
    project.git('rev-parse', 'HEAD')
    const { data, findings } = await gate(
      { ...base, only: ['policy'] },
      { ...testCollaborators('/tmp/iv-no-repository-here'), connect: down },
    )
    expect(data).toMatchObject({ from: null, gates: [{ verdict: 'unknown' }] })
    expect(findings).toMatchObject([{ id: 'gate-no-past' }])
  })
})

describe('the other gates', () => {
  test('lint denies with the rule and its numbers', async () => {
    const row = await ask('lint', 'affinity: { failover: { sessionDrainTimeout: 30s } }\n')
    expect(row).toMatchObject({ verdict: 'deny', reason: expect.stringContaining('IV-DRAIN-001: 30s < 2h') })
  })

  test('capacity denies a maximum below what today’s demand needs', async () => {
    const row = await ask('capacity', 'growth: { current: { peakConcurrentInterviews: 9000 } }\n')
    expect(row.reason).toMatch(
      /^today’s peak of 9000 interviews: \w+ in [\w-]+ needs \d+, its maximum is \d+ \(and/,
    )
    expect(row.verdict).toBe('deny')
  })

  test('cost denies above a limit and allows below, by specification or flag', async () => {
    expect(await ask('cost', '', { maxMonthlyUsd: 1 })).toMatchObject({ verdict: 'deny' })
    expect(await ask('cost', '', { maxMonthlyUsd: 1e9 })).toMatchObject({ verdict: 'allow' })
    const grown = 'growth: { current: { monthlyInterviews: 900000 } }\n'
    expect(await ask('cost', `gates: { maxIncreasePercent: 1 }\n${grown}`)).toMatchObject({ verdict: 'deny' })
    expect(await ask('cost', '', { maxIncreasePercent: 1000 })).toMatchObject({ verdict: 'allow' })
  })

  test('render demands the tree of an environment that a controller delivers, and finds who touched it', async () => {
    expect(await ask('render', 'delivery: gitops\n')).toMatchObject({
      verdict: 'deny',
      reason: expect.stringContaining('no tree'),
    })
    const c = testCollaborators(project.folder)
    const rendered = {
      environment: 'local',
      regions: ['us-east'],
      folder: undefined,
      flavor: undefined,
      check: false,
    }
    const { data } = await render(rendered, c)
    expect(await ask('render')).toMatchObject({ verdict: 'allow' })
    const file = join(data.folder, data.files[0]?.path ?? '')
    appendFileSync(file, '# mine\n')
    expect(await ask('render')).toMatchObject({
      verdict: 'deny',
      reason: expect.stringMatching(/^1 file differs .* 1 of them edited by hand/),
    })
    await render(rendered, c)
    project.write('gitops/local/us-east/extra.yaml', 'a: 1\n')
    expect(await ask('render')).toMatchObject({
      verdict: 'deny',
      reason: expect.stringContaining('us-east/extra.yaml'),
    })
  })
})

describe('drift', () => {
  const reads = (lease: object | undefined) => (): Promise<Cluster> => {
    const answer = ({ path }: { path: string }): ClusterResponse => {
      if (!path.includes('/leases/')) return { status: 200, body: { items: [] } }
      return lease ? { status: 200, body: { ...lease } } : { status: 404, body: {} }
    }
    return Promise.resolve(fakeCluster(answer))
  }

  test('waits for a run that is changing the region, and says until when', async () => {
    const holder = { host: 'elsewhere', pid: 1, command: 'deploy', runId: '01A', token: 't' }
    const lease = {
      metadata: {
        name: 'x',
        resourceVersion: '1',
        annotations: { 'iv.dev/lock-holder': JSON.stringify(holder) },
      },
      spec: {
        holderIdentity: 't',
        acquireTime: new Date().toISOString(),
        renewTime: new Date().toISOString(),
      },
    }
    const { data, outcome } = await run({ only: ['drift'] }, reads(lease))
    expect(data.gates[0]).toMatchObject({ verdict: 'defer', until: expect.stringMatching(/Z$/) })
    expect(outcome).toBeUndefined()
  })

  test('calls a region in which nothing runs unknown: it may be new, and it may be lost', async () => {
    const { data } = await run({ only: ['drift'] }, reads(undefined))
    expect(data.gates[0]).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('new, or was lost'),
    })
  })

  test('says why a region cannot be read', async () => {
    const { data } = await run({ only: ['drift'] })
    expect(data.gates[0]?.reason).toMatch(/^us-east cannot be read: connection refused/)
  })
})

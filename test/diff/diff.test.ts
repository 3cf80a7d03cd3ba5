import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diff, type DiffInput } from '../../src/diff/diff.ts'
import type { DiffData } from '../../src/diff/result.ts'
import { Failure } from '../../src/failure.ts'
import { render } from '../../src/render/render.ts'
import { diffJunit } from '../../src/report/diff-junit.ts'
import { diffWriter } from '../../src/report/diff.ts'
import { plainStyle } from '../../src/report/style.ts'
import type { Report } from '../../src/report/report.ts'
import { testCollaborators } from '../support/collaborators.ts'
import { production } from '../spec/support.ts'
import { type GitProject, makeGitProject } from '../support/git-project.ts'

let project: GitProject
beforeEach(() => {
  project = makeGitProject({ 'iv.yaml': 'name: interview\n' })
  project.commit('one')
})
afterEach(() => project.remove())

const nowhere = (): Promise<never> => Promise.reject(new Failure('OPERATION', 'no cluster in this test'))

function run(input: Partial<DiffInput> = {}): Promise<Report<DiffData>> {
  const c = { ...testCollaborators(project.folder), connect: nowhere }
  const against = { with: 'commit', reference: 'HEAD' } as const
  return diff({ environment: 'local', regions: [], against, exitCode: false, ...input }, c)
}

const larger = 'pools: { sfu: { instances: { maximum: 40 } } }\n'

describe('diff against a commit', () => {
  test('is empty where nothing was changed, and says with what it was compared', async () => {
    const { data, outcome } = await run({ exitCode: true })
    expect(outcome).toBeUndefined()
    expect(data).toMatchObject({ semantic: [], objects: [], counts: { create: 0, update: 0, delete: 0 } })
    expect(data.counts.same).toBeGreaterThan(200)
    expect(diffWriter.text(data, plainStyle)).toMatch(
      /^no difference to commit [0-9a-f]{12} \(HEAD\): \d+ objects/,
    )
  })

  test('a larger maximum is so many nodes, and what they cost', async () => {
    appendFileSync(join(project.folder, 'iv.yaml'), larger)
    const { data } = await run()
    expect(data.semantic[0]).toEqual({
      what: 'sfu maximum',
      from: '30',
      to: '40',
      // 30 nodes for 730 hours at 0.25 to 0.45 an hour, as templates/prices has them.
      effect: '+30 media nodes in 3 regions (+10 each), +5.47 k to +9.86 k USD a month, when all of them run',
    })
  })

  test('another image restarts its instances, in which regions, with the time that ending takes', async () => {
    project.write('iv.yaml', 'name: interview\npools: { sfu: { image: "registry.example.com/sfu:2" } }\n')
    const { data } = await run({ regions: ['us-east', 'eu-west'] })
    expect(data.objects.map(({ region, action, name }) => `${region} ${action} ${name}`)).toEqual([
      'eu-west update sfu',
      'us-east update sfu',
    ])
    expect(data.objects[0]?.patch).toContain('\n-          image: iv.local/sfu:simulated\n+')
    expect(data.semantic).toEqual([
      {
        what: 'interview-media/sfu image',
        from: 'iv.local/sfu:simulated',
        to: 'registry.example.com/sfu:2',
        effect: expect.stringMatching(
          /^eu-west, us-east: restarts 3 instances at least, each may take up to \d+m/,
        ),
      },
    ])
    // Alike but for the name of the region in a line beside it: one block of the comment.
    expect(diffWriter.markdown?.(data).match(/<details>/g)).toHaveLength(1)
  })

  test('a value that shows in no object is said all the same, with what it does to the cost', async () => {
    appendFileSync(join(project.folder, 'iv.yaml'), 'growth: { current: { monthlyInterviews: 40000 } }\n')
    const { data } = await run()
    expect(data.objects).toEqual([])
    expect(data.semantic.map(({ what }) => what)).toEqual([
      'growth.current.monthlyInterviews',
      'cost a month at today’s demand',
    ])
    expect(data.semantic[1]?.effect).toMatch(/^\+\d+(\.\d)? %$/)
  })

  test('a region that is gone takes its objects with it', async () => {
    appendFileSync(join(project.folder, 'iv.yaml'), 'regions: { us-west: null }\n')
    const { data } = await run()
    const gone = data.objects.filter(({ region, action }) => region === 'us-west' && action === 'delete')
    expect(gone.length).toBeGreaterThan(50)
    expect(data.semantic.some(({ effect }) => effect?.includes('everything in it is deleted'))).toBe(true)
  })

  test('an environment that the commit did not have is all new, and that is said', async () => {
    project.write('iv.yaml', production)
    const { data, findings } = await run({ environment: 'production', regions: ['us-east'] })
    expect(findings).toMatchObject([{ id: 'diff-new-environment' }])
    expect(data.counts).toMatchObject({ update: 0, delete: 0, same: 0 })
    expect(data.counts.create).toBe(data.objects.length)
  })

  test('exits 7 where it was told to', async () => {
    project.write('iv.yaml', 'name: interview\npools: { api: { image: "registry.example.com/api:2" } }\n')
    expect(await run()).not.toHaveProperty('outcome')
    expect(await run({ exitCode: true })).toMatchObject({ outcome: 'CHANGES' })
  })

  test.each([
    ['a commit that is not there', 'origin/nothing'],
    ['an option in place of one', '--output=x'],
  ])('%s is one clear error', async (_, reference) => {
    await expect(run({ against: { with: 'commit', reference } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `"${reference}" is no commit of this repository`,
      next: expect.stringContaining('fetch'),
    })
  })

  test('works on a detached head and with a dirty tree', async () => {
    project.git('checkout', '--quiet', '--detach')
    appendFileSync(join(project.folder, 'iv.yaml'), larger)
    expect((await run()).data.semantic).toHaveLength(1)
  })

  test('a specification that was not valid then is not taken for an empty one', async () => {
    project.write('iv.yaml', 'name: [\n')
    project.commit('broken')
    project.write('iv.yaml', 'name: interview\n')
    await expect(run()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('of HEAD') })
  })

  test('outside of a repository it says what is missing', async () => {
    const c = { ...testCollaborators('/tmp'), connect: nowhere }
    const input = { environment: 'local', regions: [], exitCode: false }
    await expect(diff({ ...input, against: { with: 'commit', reference: 'HEAD' } }, c)).rejects.toMatchObject(
      { code: 'USAGE', message: '/tmp is in no git repository' },
    )
  })
})

describe('diff against a rendered tree', { timeout: 20_000 }, () => {
  const tree = { with: 'tree', folder: undefined, reference: 'HEAD' } as const
  const deployment = 'gitops/local/us-east/30-workloads/interview-media/deployment-sfu.yaml'

  beforeEach(async () => {
    const folder = join(project.folder, 'gitops/local')
    const input = {
      environment: 'local',
      regions: ['us-east'],
      folder,
      flavor: 'argocd',
      check: false,
    } as const
    await render(input, testCollaborators(project.folder))
    project.commit('tree')
  })

  test('is empty for the tree that was rendered, sync waves or not', async () => {
    const { data, findings } = await run({ against: tree, regions: ['us-east'] })
    expect(data.objects).toEqual([])
    expect(findings).toEqual([])
  })

  test('shows an edit by hand, and calls it one', async () => {
    const text = project.git('show', `HEAD:${deployment}`).replace('sfu:simulated', 'sfu:mine')
    project.write(deployment, text)
    const { findings } = await run({ against: tree, regions: ['us-east'] })
    expect(findings).toMatchObject([{ id: 'tree-dirty', severity: 'warning' }])
    project.commit('by hand')
    const edited = await run({ against: tree, regions: ['us-east'] })
    expect(edited.findings).toMatchObject([
      { id: 'tree-edited', place: `${deployment}:1:1`, message: 'was edited by hand' },
    ])
    expect(edited.data.objects).toMatchObject([{ region: 'us-east', action: 'update', name: 'sfu' }])
  })

  test('names what is no object, and what iv did not put there', async () => {
    project.write(deployment, 'kind: [\n')
    project.write(
      'gitops/local/us-east/extra.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n',
    )
    project.commit('strange')
    const { findings, data } = await run({ against: tree, regions: ['us-east'] })
    expect(findings?.map(({ id }) => id).toSorted()).toEqual(['tree-foreign', 'tree-unreadable'])
    expect(data.objects.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'delete extra',
      'create sfu',
    ])
  })
})

describe('a diff of 2,000 objects', () => {
  const row = (index: number): DiffData['objects'][number] => ({
    region: 'us-east',
    action: 'update',
    kind: 'ConfigMap',
    namespace: 'a|b',
    name: `map-${index}`,
    patch: `@@ -1,1 +1,1 @@\n-a: "${'x'.repeat(50)}"\n+a: "${index}"\n \`\`\`\``,
  })
  const objects = Array.from({ length: 2000 }, (_, index) => row(index))
  const counts = { create: 0, update: 2000, delete: 0, same: 0 }
  const data: DiffData = { environment: 'production', from: 'HEAD', to: '', counts, semantic: [], objects }

  test('fits into a comment: whole blocks, and the number of those left out', () => {
    const text = diffWriter.markdown?.(data) ?? ''
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    expect(text.startsWith('<!-- iv diff production -->\n')).toBe(true)
    const shown = text.match(/<details>/g)?.length ?? 0
    expect(text.match(/<\/details>/g)).toHaveLength(shown)
    expect(text).toContain(`**${2000 - shown} more objects differ**`)
    expect(text).toContain('`````diff\n')
  })

  test('is 2,000 failing cases of a test report', () => {
    expect(diffJunit(data).match(/<failure /g)).toHaveLength(2000)
  })
})

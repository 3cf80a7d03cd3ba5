import { execa } from 'execa'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countPending, lockFolder } from '../../src/engine/state-file.ts'
import type { StatusRegion } from '../../src/report/status.ts'
import { type IvResult, startIv } from '../support/iv.ts'
import { touches } from '../support/touches.ts'
import { type LocalProject, makeLocalProject } from './local-project.ts'
import { kubectlIn, optionsIn, runIn } from './region-commands.ts'

/** The main path on real engines: a region from nothing to Ready, kept as it is, changed, cut, and taken away. */

const region = 'us-east'
const stack = { project: 'interview', stack: `local.${region}`, region }
let project: LocalProject

beforeAll(async () => {
  project = await makeLocalProject()
  await project.up([region])
})
afterAll(() => project.remove())

const options = () => optionsIn(project)
const run = (...args: string[]): Promise<IvResult> => runIn(project, region, ...args)
const kubectl = (...args: string[]): Promise<string> => kubectlIn(project, region, ...args)

async function counts(): Promise<Record<string, string>> {
  const { json } = await run('status')
  const [seen] = json.data['regions'] as StatusRegion[]
  return Object.fromEntries(
    (seen?.pools ?? []).map(({ name, ready, desired }) => [name, `${ready}/${desired}`]),
  )
}

const minimums = { sfu: '3/3', asr: '5/5', tts: '5/5', llm: '2/2', evaluation: '3/3', api: '3/3' }

describe('a region', () => {
  test('that was never deployed is previewed without leaving a trace, and cannot be destroyed', async () => {
    const preview = await run('preview', '--expect-no-changes')
    expect(preview.exitCode, preview.stderr).toBe(7)
    await expect(readdir(join(project.c.paths.data, 'state'))).rejects.toThrow('ENOENT')
    expect((await run('destroy', '--confirm', region)).exitCode).toBe(6)
  })

  test('is brought up whole, each pool at its minimum', async () => {
    const deployed = await run('deploy', '--yes')
    expect(deployed.exitCode, deployed.stderr).toBe(0)
    expect(deployed.json.data).toMatchObject({
      order: [region],
      regions: [{ status: 'deployed', provider: 'bundled' }],
    })
    expect(await counts()).toEqual(minimums)
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
  })

  test('keeps the counts that others chose, and foreign labels are no difference', async () => {
    await kubectl('-n', 'interview-media', 'scale', 'deployment', 'sfu', '--replicas', '4')
    await kubectl('-n', 'interview-application', 'scale', 'deployment', 'api', '--replicas', '7')
    await kubectl('-n', 'interview-application', 'label', 'service', 'api', 'team=ops')
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
    const deployed = await run('deploy', '--yes')
    expect(deployed.json.data).toMatchObject({ regions: [{ status: 'unchanged' }] })
    expect(await counts()).toEqual({ ...minimums, sfu: '4/4', api: '7/7' })
  })

  test('keeps the degradation level that a person set, also when a deploy changes its flag', async () => {
    const set = await run('degrade', 'set', 'L3', '--reason', 'answers make no sense', '--yes')
    expect(set.exitCode, set.stderr).toBe(0)
    expect((await run('drift')).exitCode).toBe(0)
    const changed = 'degradation: { levels: { full: { title: Whole interview } } }\n'
    await writeFile(join(project.c.paths.project, 'iv.yaml'), changed)
    const deployed = await run('deploy', '--yes')
    expect(deployed.exitCode, deployed.stderr).toBe(0)
    expect(deployed.json.data).toMatchObject({ regions: [{ summary: { update: 1 } }] })
    const { json } = await run('degrade', 'status')
    expect(json.data).toMatchObject({ ladders: [{ manual: 'L3', reason: 'answers make no sense' }] })
    expect((await run('degrade', 'clear', '--reason', 'well again', '--yes')).exitCode).toBe(0)
  })

  test('shows what was changed or deleted outside, and brings the deleted back', async () => {
    const tag = ['-n', 'interview-media', 'label', '--overwrite', 'poddisruptionbudget', 'sfu']
    await kubectl(...tag, 'app.kubernetes.io/component=theirs')
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(7)
    await kubectl(...tag, 'app.kubernetes.io/component=media')
    await kubectl('-n', 'interview-media', 'delete', 'poddisruptionbudget', 'sfu')
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(7)
    expect((await run('deploy', '--yes')).exitCode).toBe(0)
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
  })

  test('hands running pools to their autoscalers without changing a count', async () => {
    await kubectl('delete', 'scaledobjects.keda.sh,horizontalpodautoscalers', '--all', '--all-namespaces')
    await kubectl('-n', 'interview-speech', 'scale', 'deployment', 'tts', '--replicas', '8')
    const deployed = await run('deploy', '--yes')
    expect(deployed.json.data).toMatchObject({ regions: [{ status: 'deployed' }] })
    const scaled = await kubectl('get', 'scaledobjects.keda.sh', '--all-namespaces', '-o', 'name')
    expect(scaled.split('\n')).toHaveLength(5)
    expect(await counts()).toEqual({ ...minimums, sfu: '4/4', api: '7/7', tts: '8/8' })
  })

  test('refuses the other provider by name', async () => {
    expect((await run('preview', '--provider', 'official')).exitCode).toBe(11)
  })

  test('is taken away whole, with its stack', async () => {
    const destroyed = await run('destroy', '--confirm', region)
    expect(destroyed.exitCode, destroyed.stderr).toBe(0)
    expect(await kubectl('get', 'namespaces', '-l', 'app.kubernetes.io/managed-by=iv', '-o', 'name')).toBe('')
    expect((await run('destroy', '--confirm', region)).exitCode).toBe(6)
  })
})

/** Starts a deploy and does `cut` as soon as the first objects are there. */
async function cutDeploy(cut: (child: ReturnType<typeof startIv>) => unknown): Promise<number | undefined> {
  touches('engine', 'api-server')
  const child = startIv(['deploy', '--region', region, '--yes', '--no-tui'], options())
  let text = ''
  let isCut = false
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    if (isCut || !text.includes('created networking')) return
    isCut = true
    cut(child)
  })
  const { exitCode } = await child
  expect(isCut, text).toBe(true)
  return exitCode
}

const state = () => join(project.c.paths.data, 'state')
const locks = async (): Promise<string[]> => readdir(lockFolder(state(), stack)).catch(() => [])

describe('a deploy that is cut', () => {
  test('by Ctrl-C unwinds: exit 8, no lock, nothing pending', async () => {
    expect(await cutDeploy((child) => child.kill('SIGINT'))).toBe(8)
    expect(await locks()).toEqual([])
    expect(await countPending(state(), stack)).toBe(0)
  })

  test('by the death of iv itself leaves no lock: the engine ends in order', async () => {
    await run('destroy', '--confirm', region)
    await cutDeploy((child) => child.kill('SIGKILL'))
    await expect.poll(locks, { timeout: 20_000 }).toEqual([])
  })

  test('by the death of the engine is gone on from by the next one, with no hand work', async () => {
    await run('destroy', '--confirm', region)
    const exitCode = await cutDeploy(async ({ pid }) => {
      const children = (await execa('pgrep', ['-P', String(pid), 'pulumi'])).stdout.split('\n')
      for (const engine of children) process.kill(Number(engine), 'SIGKILL')
    })
    expect(exitCode).toBe(4)
    expect(await locks()).not.toEqual([])
    const next = await run('deploy', '--yes')
    expect(next.exitCode, next.stderr).toBe(0)
    expect(next.stderr).toContain('taken over')
    expect(await counts()).toEqual(minimums)
    expect(await countPending(state(), stack)).toBe(0)
    expect((await run('preview', '--expect-no-changes')).exitCode).toBe(0)
  })
})

import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { iv } from '../support/iv.ts'

let cwd: string

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'iv-render-'))
})

afterEach(async () => {
  await rm(cwd, { recursive: true, force: true })
})

describe('iv render', () => {
  it('writes all regions within two seconds, without any cluster', async () => {
    const { exitCode, json } = await iv(['render', '--out', 'tree', '--json'], {
      cwd,
      env: { KUBECONFIG: join(cwd, 'nowhere') },
    })
    expect(exitCode).toBe(0)
    expect(json).toMatchObject({ kind: 'RenderResult', env: 'local', data: { written: true } })
    expect(json.regions.toSorted()).toEqual(['eu-west', 'us-east', 'us-west'])
    expect(json.durationMs).toBeLessThan(2000)
  })

  it.each([
    ['for people', []],
    ['as JSON', ['--json']],
  ])('--check exits 7 with the files that differ, %s', async (_, json) => {
    await iv(['render', '--out', 'tree'], { cwd })
    expect(await iv(['render', '--out', 'tree', '--check', ...json], { cwd })).toMatchObject({ exitCode: 0 })
    const file = 'us-east/40-scaling/interview-application/horizontalpodautoscaler-api.yaml'
    await writeFile(join(cwd, 'tree', file), 'edited\n')
    const checked = await iv(['render', '--out', 'tree', '--check', ...json], { cwd })
    expect(checked.exitCode).toBe(7)
    expect(checked.stdout).toContain(file)
    expect(await readFile(join(cwd, 'tree', file), 'utf8')).toBe('edited\n')
  })

  it('has a folder of its own per environment, and knows its regions', async () => {
    const { json } = await iv(['render', '--json'], { cwd })
    expect(json.data).toMatchObject({ folder: join(await realpath(cwd), 'gitops/local') })
    expect((await iv(['render', '--out', 't', '-r', 'us-eats', '--json'], { cwd })).exitCode).toBe(6)
  })
})

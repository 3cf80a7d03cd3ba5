import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFailure } from '../../src/failure.ts'
import { connectSandbox } from '../../src/sandbox/client.ts'
import { localDown } from '../../src/sandbox/down.ts'
import { regionFolder, sandboxFolder } from '../../src/sandbox/places.ts'
import { findSandboxProcesses } from '../../src/sandbox/processes.ts'
import { readSandbox } from '../../src/sandbox/read.ts'
import { type ComponentName, componentOf, type SandboxRecord } from '../../src/sandbox/record.ts'
import type { LocalData } from '../../src/sandbox/status.ts'
import { localUp, type LocalUpInput } from '../../src/sandbox/up.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { claim, sandboxProjectPrefix } from '../support/abandoned.ts'
import { touches } from '../support/touches.ts'
import { type TestCollaborators, testCollaborators } from '../support/collaborators.ts'

/** A sandbox of a test's own, to stop and to break. */
export interface LocalProject {
  c: TestCollaborators
  up(regions: readonly string[], options?: UpOptions): Promise<LocalData>
  record(): Promise<SandboxRecord>
  pidOf(region: string, name: ComponentName): Promise<number>
  /** One request as the region's admin, unless the credentials of another region are to be used. */
  ask(region: string, path: string, options?: AskOptions): Promise<{ status: number; body: unknown }>
  /** Numbers of all living processes of this sandbox, however they were started. */
  processes(): Promise<number[]>
  down(): Promise<void>
  /** Down, and nothing is left of the project. */
  remove(): Promise<void>
}

export interface UpOptions {
  timeScale?: number
  with?: LocalUpInput['with'] & {}
  signal?: AbortSignal
}

export interface AskOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  credentialsOf?: string
}

export async function makeLocalProject(parent = tmpdir()): Promise<LocalProject> {
  const c = testCollaborators(await mkdtemp(join(parent, sandboxProjectPrefix)), { environment: process.env })
  await claim(c.paths.project)
  const platform = await loadPlatform({ environment: 'local' }, c)
  const record = async (): Promise<SandboxRecord> => {
    const found = await readSandbox(c.paths)
    if (!found) throw new Error('this project has no sandbox')
    return found
  }
  const component = async (region: string, name: ComponentName) => {
    const found = (await record()).regions.find((candidate) => candidate.name === region)
    if (!found) throw new Error(`no region ${region}`)
    return componentOf(found, name)
  }
  return {
    c,
    record,
    up: async (regions, { timeScale, with: parts = [], signal = c.signal } = {}) =>
      (await localUp({ platform, regions, timeScale, with: parts }, { ...c, signal })).data,
    pidOf: async (region, name) => (await component(region, name)).process?.pid ?? 0,
    ask: async (region, path, { method = 'GET', body, credentialsOf = region } = {}) => {
      touches('api-server')
      const tls = (owner: string, name: string): string => join(regionFolder(c.paths, owner), 'tls', name)
      const client = await connectSandbox(
        {
          port: (await component(region, 'kube-apiserver')).port,
          authorityFile: tls(region, 'ca.crt'),
          certificateFile: tls(credentialsOf, 'admin.crt'),
          keyFile: tls(credentialsOf, 'admin.key'),
        },
        c,
      )
      try {
        return await client.request({ method, path, body })
      } catch (error) {
        if (isFailure(error) && error.code === 'AUTH') return { status: 401, body: {} }
        throw error
      } finally {
        client.close()
      }
    },
    processes: async () => (await findSandboxProcesses(sandboxFolder(c.paths))).map(({ pid }) => pid),
    down: async () => {
      await localDown({}, c)
    },
    remove: async () => {
      await localDown({}, c)
      await rm(c.paths.project, { recursive: true, force: true })
    },
  }
}

/** Command lines of living processes that mention `text`: the look of somebody who trusts no record. */
export function commandLinesWith(text: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => line.includes(text))
}

export async function certificateOf(project: LocalProject, region: string): Promise<Buffer> {
  return readFile(join(regionFolder(project.c.paths, region), 'tls', 'ca.crt'))
}

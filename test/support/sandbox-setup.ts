import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { localDown } from '../../src/sandbox/down.ts'
import { localUp } from '../../src/sandbox/up.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { claim, removeAbandoned, sandboxProjectPrefix } from './abandoned.ts'
import { testCollaborators } from './collaborators.ts'
import { definitionFolder } from './definitions.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Project folder whose sandbox has us-east, us-west and eu-west up: `inject('sandboxProject')`. */
    sandboxProject: string
  }
}

/**
 * One sandbox of three regions for all tests that need real API servers. It has no `iv.yaml`: the platform is the
 * defaults. A test leaves it as it found it; tests that stop or break a sandbox bring their own.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), sandboxProjectPrefix))
  await claim(folder)
  const c = testCollaborators(folder, { environment: process.env })
  const stop = async (): Promise<void> => {
    await localDown({}, c)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const platform = await loadPlatform({ environment: 'local' }, c)
    const regions = Object.keys(platform.specification.regions)
    await localUp({ platform, regions, crds: definitionFolder() }, c)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('sandboxProject', folder)
  return stop
}

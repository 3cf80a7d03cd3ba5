import { execa } from 'execa'
import { sandboxContext, sandboxKubeconfig } from '../../src/sandbox/places.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { iv, type IvOptions, type IvResult } from '../support/iv.ts'
import { touches } from '../support/touches.ts'
import type { LocalProject } from './local-project.ts'

/** How the whole `iv` is run in a project: with the tester's caches, and an end. */
export function optionsIn(project: LocalProject): IvOptions {
  return { cwd: project.c.paths.project, env: process.env, deadlineMs: 120_000 }
}

/** A command on one region, whole process, as JSON. */
export function runIn(project: LocalProject, region: string, ...args: string[]): Promise<IvResult> {
  touches('engine', 'api-server')
  return iv([...args, '--region', region, '--json'], optionsIn(project))
}

/** What somebody else does to a region, past `iv`: with the toolchain's kubectl, whatever the tester's PATH has. */
export async function kubectlIn(project: LocalProject, region: string, ...args: string[]): Promise<string> {
  touches('api-server')
  const access = ['--kubeconfig', sandboxKubeconfig(project.c.paths), '--context', sandboxContext(region)]
  const program = (await makeToolchain(project.c).ensure(['kubectl'])).get('kubectl')?.path ?? ''
  return (await execa(program, [...access, ...args], { timeout: 30_000 })).stdout
}

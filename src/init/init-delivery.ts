import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, type Finding, isFailure } from '../failure.ts'
import { treeFolder } from '../render/folder.ts'
import type { Report } from '../report/report.ts'
import { type InitInput, type InitResult, initProject } from '../spec/init.ts'
import { loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import { type Delivery, type DeliveryFile, deliveryFiles } from './delivery-files.ts'

export interface InitDeliveryInput extends InitInput {
  environment: string
  ci: Delivery['ci']
  controller: Delivery['controller']
}

type InitCollaborators = Pick<Collaborators, 'paths' | 'runId' | 'environment' | 'run'>

const unknownRepository = 'https://git.example.com/example/platform.git'

/**
 * Writes a pipeline, and the objects of a GitOps controller, for one environment; `iv.yaml` as well where there is none.
 * @throws Failure USAGE where one of the files is there already and is not to be replaced: then none is written.
 */
export async function initDelivery(
  input: InitDeliveryInput,
  c: InitCollaborators,
): Promise<Report<InitResult>> {
  const specification = join(input.folder, 'iv.yaml')
  const begun = (await isThere(specification)) ? [] : (await initProject(input, c)).data.files
  const { platform, findings } = await platformOf(specification, input.environment, c)
  const { environment, controller, ci, folder } = input
  const tree = treeFolder({ ...platform, environment }, { project: folder })
  const delivery: Delivery = {
    environment,
    controller,
    ci,
    regions: selectRegions(platform, ['all']),
    folder: tree.slice(dirname(specification).length + 1),
    repository: await repositoryOf(folder, c),
    bake: platform.specification.gitops.bake,
  }
  const files = await deliveryFiles(delivery, c.paths)
  await write(files, input)
  return {
    kind: 'InitResult',
    data: { files: [...begun, ...files.map(({ path }) => join(folder, path))] },
    environment,
    findings: [...findings, ...ownerFindings(platform, input), ...repositoryFinding(delivery)],
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/** An environment that is not complete yet has the regions that every other one has. */
async function platformOf(
  file: string,
  environment: string,
  c: InitCollaborators,
): Promise<{ platform: Platform; findings: Finding[] }> {
  try {
    return { platform: await loadPlatform({ file, environment, allowLocalState: true }, c), findings: [] }
  } catch (error) {
    if (!isFailure(error) || !['NOT_FOUND', 'USAGE'].includes(error.code)) throw error
    const platform = await loadPlatform({ file, environment: 'local', allowLocalState: true }, c)
    const message = `environment ${environment} is not complete in ${file}: the regions are those of the specification`
    const hint = `iv config validate --env ${environment} lists what is missing`
    return { platform, findings: [{ id: 'init-environment', severity: 'warning', message, hint }] }
  }
}

function ownerFindings(
  { specification }: Platform,
  { environment, controller }: InitDeliveryInput,
): Finding[] {
  const id = 'init-delivery'
  const wanted = controller === undefined ? 'pulumi' : 'gitops'
  const flavor = controller === 'argocd' ? 'argocd' : 'plain'
  const set = (path: string, value: string): Finding => ({
    id,
    severity: 'warning',
    path: `environments.${environment}.${path}`,
    message: `the pipeline expects ${path}: ${value}`,
    hint: 'set it in iv.yaml',
  })
  return [
    ...(specification.delivery === wanted ? [] : [set('delivery', wanted)]),
    ...(controller === undefined || specification.gitops.flavor === flavor
      ? []
      : [set('gitops.flavor', flavor)]),
  ]
}

/** As a controller reads it: without the name and password that a clone may carry. */
async function repositoryOf(folder: string, c: Pick<Collaborators, 'run'>): Promise<string> {
  const args = ['-C', folder, 'remote', 'get-url', 'origin']
  const output = await c.run({ file: 'git', args, deadlineMs: 2000 }).catch(() => undefined)
  const url = output?.exitCode === 0 ? output.stdout.trim() : ''
  return url === '' ? unknownRepository : url.replace(/^(https?:\/\/)[^/@]*@/, '$1')
}

function repositoryFinding({ repository, controller }: Delivery): Finding[] {
  if (controller === undefined || repository !== unknownRepository) return []
  const message = `the repository has no remote called origin: ${unknownRepository} stands in its place`
  return [{ id: 'init-repository', severity: 'warning', message, hint: 'put its URL there' }]
}

async function write(files: readonly DeliveryFile[], { folder, force }: InitDeliveryInput): Promise<void> {
  const places = await Promise.all(
    files.map(async ({ path }) => ({ path, there: await isThere(join(folder, path)) })),
  )
  const taken = places.find(({ there }) => there)
  if (taken && !force) {
    throw new Failure('USAGE', `${join(folder, taken.path)} is there already`, {
      next: 'replace it with --force',
    })
  }
  for (const { path, text } of files) {
    const file = join(folder, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new Failure('OPERATION', `cannot write ${file}: ${code ?? String(error)}`, {
        cause: error,
        next: 'name a folder that can be written',
      })
    }
  }
}

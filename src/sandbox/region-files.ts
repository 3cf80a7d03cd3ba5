import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureRegionCertificates } from './certificate-set.ts'
import { schedulerConfig, schedulerConfigFile } from './components/kube-scheduler.ts'
import { kwokConfigFile } from './components/kwok.ts'
import { layoutOf } from './components/layout.ts'
import { writeAtomically } from './files.ts'
import { writeComponentKubeconfig } from './kubeconfig.ts'
import type { RegionRecord } from './record.ts'
import type { Session } from './session.ts'

/** Writes what the region's components read: certificates, kubeconfigs, configuration files. */
export async function writeRegionFiles(
  input: { region: RegionRecord; kwokConfiguration: string },
  { c, record }: Session,
): Promise<void> {
  const { region } = input
  const layout = layoutOf(c.paths, record, region)
  await mkdir(join(layout.folder, 'run'), { recursive: true, mode: 0o700 })
  await ensureRegionCertificates({ region: region.name, folder: layout.folder }, c)
  for (const user of ['kube-controller-manager', 'kube-scheduler', 'kwok'])
    await writeComponentKubeconfig(c.paths, { region, user })
  await writeAtomically(schedulerConfigFile(layout), schedulerConfig(layout), 0o600)
  await writeAtomically(kwokConfigFile(layout), input.kwokConfiguration, 0o600)
}

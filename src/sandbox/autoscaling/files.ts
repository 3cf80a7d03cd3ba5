import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPrices } from '../../capacity/read-prices.ts'
import type { Platform } from '../../spec/platform.ts'
import { issueFrom } from '../certificate-set.ts'
import { writeAtomically } from '../files.ts'
import { writeComponentKubeconfig } from '../kubeconfig.ts'
import type { RegionRecord } from '../record.ts'
import type { Session } from '../session.ts'
import { instanceTypes } from './instance-types.ts'
import type { AutoscalingLayout } from './layout.ts'
import { kedaServer } from './programs.ts'
import { prometheusConfiguration } from './prometheus.ts'

/** The user of the plane's programs. In a cluster each has a role of its own; here they may do everything. */
const user = 'autoscaling'

/** Folder of the plane's scrape targets, one file per process that plays pods. */
export function targetsFolder(layout: Pick<AutoscalingLayout, 'file'>): string {
  return layout.file('targets')
}

/** Writes what the plane's programs read: certificates, their kubeconfig, scrape configuration, machine types. */
export async function writeAutoscalingFiles(
  input: { platform: Platform; region: RegionRecord; layout: AutoscalingLayout },
  { c }: Session,
): Promise<void> {
  const { platform, region, layout } = input
  await mkdir(targetsFolder(layout), { recursive: true, mode: 0o700 })
  await mkdir(layout.certificates, { recursive: true, mode: 0o700 })
  const authority = { folder: layout.authority, commonName: `iv-local-${region.name}` }
  await issueFrom(
    authority,
    {
      name: user,
      request: { commonName: 'iv:autoscaling', organization: 'system:masters', usage: 'client' },
    },
    c,
  )
  const names = ['localhost', '127.0.0.1', kedaServer, 'keda-metrics-apiserver.keda.svc']
  const server = { name: 'keda', request: { commonName: kedaServer, usage: 'both' as const, names } }
  await issueFrom(authority, server, c)
  await Promise.all(
    [
      ['ca.crt', 'ca.crt'],
      ['keda.crt', 'tls.crt'],
      ['keda.key', 'tls.key'],
    ].map(([from = '', to = '']) =>
      copyIfChanged(join(layout.authority, from), join(layout.certificates, to)),
    ),
  )
  await writeComponentKubeconfig(c.paths, { region, user })
  await writeAtomically(
    layout.file('prometheus.yml'),
    prometheusConfiguration(join(targetsFolder(layout), '*.json')),
    0o600,
  )
  const types = instanceTypes(platform, region.name, await readPrices(undefined, c.paths))
  await writeAtomically(layout.file('instance-types.json'), `${JSON.stringify(types, undefined, 2)}\n`, 0o600)
}

async function copyIfChanged(from: string, to: string): Promise<void> {
  const content = await readFile(from)
  const there = await readFile(to).catch(() => undefined)
  if (!there?.equals(content)) await writeFile(to, content, { mode: 0o600 })
}

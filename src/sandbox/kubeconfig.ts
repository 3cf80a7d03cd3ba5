import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Paths } from '../paths.ts'
import { writeAtomically } from './files.ts'
import { regionFolder, sandboxContext, sandboxKubeconfig } from './places.ts'
import { loopback } from './ports.ts'
import type { RegionRecord } from './record.ts'
import { componentOf } from './record.ts'

interface Entry {
  name: string
  server: string
  /** PEM. */
  authority: string
  certificate: string
  key: string
}

export function apiServerUrl(region: RegionRecord): string {
  return `https://${loopback}:${componentOf(region, 'kube-apiserver').port}`
}

/**
 * The users' kubeconfig: a context per region that ever came up, credentials inside, readable by its owner only.
 * It names no current context: which region is meant is said each time.
 */
export async function writeSandboxKubeconfig(paths: Paths, regions: readonly RegionRecord[]): Promise<void> {
  const made = regions.filter(({ name }) => existsSync(join(regionFolder(paths, name), 'tls', 'ca.crt')))
  const entries = await Promise.all(
    made.map((region) => readEntry(paths, { region, name: sandboxContext(region.name), user: 'admin' })),
  )
  await writeAtomically(sandboxKubeconfig(paths), renderKubeconfig({ entries }), 0o600)
}

/** The kubeconfig of one component, below its region's folder. @returns its path. */
export async function writeComponentKubeconfig(
  paths: Paths,
  input: { region: RegionRecord; user: string },
): Promise<string> {
  const entry = await readEntry(paths, { ...input, name: input.user })
  const file = join(regionFolder(paths, input.region.name), `${input.user}.kubeconfig`)
  await writeAtomically(file, renderKubeconfig({ entries: [entry], current: entry.name }), 0o600)
  return file
}

async function readEntry(
  paths: Paths,
  input: { region: RegionRecord; name: string; user: string },
): Promise<Entry> {
  const tls = join(regionFolder(paths, input.region.name), 'tls')
  const [authority, certificate, key] = await Promise.all([
    readFile(join(tls, 'ca.crt'), 'utf8'),
    readFile(join(tls, `${input.user}.crt`), 'utf8'),
    readFile(join(tls, `${input.user}.key`), 'utf8'),
  ])
  return { name: input.name, server: apiServerUrl(input.region), authority, certificate, key }
}

function renderKubeconfig({
  entries,
  current = '',
}: {
  entries: readonly Entry[]
  current?: string
}): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: entries.map(({ name, server, authority }) => ({
        name,
        cluster: { server, 'certificate-authority-data': base64(authority) },
      })),
      users: entries.map(({ name, certificate, key }) => ({
        name,
        user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
      })),
      contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
      'current-context': current,
    },
    { lineWidth: 0 },
  )
}

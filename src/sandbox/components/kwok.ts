import { join } from 'node:path'
import { loopback } from '../ports.ts'
import type { RegionLayout } from './layout.ts'

export function kwokConfigFile(layout: RegionLayout): string {
  return join(layout.folder, 'kwok.yaml')
}

/** Plays nodes and pods. Which nodes, how fast, and through which stages is in its configuration file. */
export function kwokArguments(layout: RegionLayout): string[] {
  return [
    `--config=${kwokConfigFile(layout)}`,
    `--kubeconfig=${layout.kubeconfig('kwok')}`,
    `--cidr=${layout.podRange}`,
    `--server-address=${loopback}:${layout.ports.kwok}`,
    `--tls-cert-file=${layout.tls('kwok.crt')}`,
    `--tls-private-key-file=${layout.tls('kwok.key')}`,
    '--v=WARN',
  ]
}

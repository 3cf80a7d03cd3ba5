import { join } from 'node:path'
import { loopback } from '../ports.ts'

/**
 * The one etcd of all regions; each API server keeps to a key prefix of its own. Without fsync: the data is
 * throw-away and a power loss costs an `iv local reset`.
 */
export function etcdArguments(input: { folder: string; port: number; peerPort: number }): string[] {
  const client = `https://${loopback}:${input.port}`
  const peer = `https://${loopback}:${input.peerPort}`
  const tls = (name: string): string => join(input.folder, 'tls', name)
  return [
    '--name=sandbox',
    `--data-dir=${join(input.folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=sandbox=${peer}`,
    `--cert-file=${tls('server.crt')}`,
    `--key-file=${tls('server.key')}`,
    `--trusted-ca-file=${tls('ca.crt')}`,
    '--client-cert-auth',
    `--peer-cert-file=${tls('server.crt')}`,
    `--peer-key-file=${tls('server.key')}`,
    `--peer-trusted-ca-file=${tls('ca.crt')}`,
    '--peer-client-cert-auth',
    // Three API servers compact every five minutes; this bounds the file between compactions.
    '--quota-backend-bytes=2147483648',
    '--log-level=warn',
  ]
}

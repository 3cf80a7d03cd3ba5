import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Authority,
  type CertificateRequest,
  createAuthority,
  createSigningKeys,
  loadAuthority,
} from './certificates.ts'
import { type IssueCollaborators, issue } from './certificates.ts'
import { writeAtomically } from './files.ts'

const renewBeforeMs = 30 * 86_400_000
const here = ['127.0.0.1', 'localhost']

/** File names without suffix below `tls/` of a region, and whom each certificate stands for. */
const regionCertificates: Readonly<Record<string, CertificateRequest>> = {
  'kube-apiserver': {
    commonName: 'kube-apiserver',
    usage: 'server',
    names: [
      ...here,
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ],
  },
  admin: { commonName: 'iv:local-admin', organization: 'system:masters', usage: 'client' },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager', usage: 'both', names: here },
  'kube-scheduler': { commonName: 'system:kube-scheduler', usage: 'both', names: here },
  kwok: { commonName: 'iv:kwok', usage: 'both', names: here },
}

const etcdCertificates: Readonly<Record<string, CertificateRequest>> = {
  server: { commonName: 'etcd', usage: 'both', names: here },
  client: { commonName: 'kube-apiserver', usage: 'client' },
}

/**
 * Makes what is missing below `folder/tls`: the region's authority and certificates, the front-proxy's authority
 * and certificate, the service-account key. Regions share nothing: what opens one is refused by the next.
 * Certificates are made anew in the last month before they end.
 */
export async function ensureRegionCertificates(
  input: { region: string; folder: string },
  c: IssueCollaborators,
): Promise<void> {
  const folder = join(input.folder, 'tls')
  if (await isFresh(join(folder, 'ca.crt'), c)) return
  const authority = await createAuthority(`iv-local-${input.region}`, c)
  const frontProxy = await createAuthority(`iv-local-${input.region}-front-proxy`, c)
  const proxyClient = await issue(frontProxy, { commonName: 'front-proxy-client', usage: 'client' }, c)
  await writeIssued(folder, { authority, requests: regionCertificates }, c)
  await writePair(folder, 'front-proxy-ca', frontProxy)
  await writePair(folder, 'front-proxy-client', proxyClient)
  await ensureServiceAccountKeys(folder)
  // Last: its presence says that the rest is complete.
  await writePair(folder, 'ca', authority)
}

/** The same for etcd: one authority, a server certificate, and a client certificate for all API servers. */
export async function ensureEtcdCertificates(folder: string, c: IssueCollaborators): Promise<void> {
  const tls = join(folder, 'tls')
  if (await isFresh(join(tls, 'ca.crt'), c)) return
  const authority = await createAuthority('iv-local-etcd', c)
  await writeIssued(tls, { authority, requests: etcdCertificates }, c)
  await writePair(tls, 'ca', authority)
}

/** A further certificate of an authority whose files are there, made when it is missing or about to end. */
export async function issueFrom(
  authority: { folder: string; commonName: string },
  { name, request }: { name: string; request: CertificateRequest },
  c: IssueCollaborators,
): Promise<void> {
  const { folder, commonName } = authority
  if (await isFresh(join(folder, `${name}.crt`), c)) return
  const [certificate, key] = await Promise.all([
    readFile(join(folder, 'ca.crt'), 'utf8'),
    readFile(join(folder, 'ca.key'), 'utf8'),
  ])
  await writePair(
    folder,
    name,
    await issue(await loadAuthority({ commonName, certificate, key }, c), request, c),
  )
}

async function writeIssued(
  folder: string,
  input: { authority: Authority; requests: Readonly<Record<string, CertificateRequest>> },
  c: IssueCollaborators,
): Promise<void> {
  for (const [name, request] of Object.entries(input.requests))
    await writePair(folder, name, await issue(input.authority, request, c))
}

async function writePair(
  folder: string,
  name: string,
  pair: { key: string; certificate: string },
): Promise<void> {
  await writeAtomically(join(folder, `${name}.key`), pair.key, 0o600)
  await writeAtomically(join(folder, `${name}.crt`), pair.certificate, 0o600)
}

/** Kept over renewals: tokens that pods hold stay valid. */
async function ensureServiceAccountKeys(folder: string): Promise<void> {
  const file = join(folder, 'service-account.key')
  if ((await readFile(file, 'utf8').catch(() => '')) !== '') return
  const keys = createSigningKeys()
  await writeAtomically(join(folder, 'service-account.pub'), keys.publicKey, 0o600)
  await writeAtomically(file, keys.privateKey, 0o600)
}

async function isFresh(file: string, c: IssueCollaborators): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return false
  return Date.parse(new X509Certificate(text).validTo) - c.clock.now().getTime() > renewBeforeMs
}

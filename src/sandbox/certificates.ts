import { createPrivateKey, generateKeyPairSync, KeyObject, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import type { Extension, JsonGeneralName, JsonName } from '@peculiar/x509'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  certificate: string
  key: string
}

export interface Authority extends KeyPair {
  commonName: string
  signingKey: webcrypto.CryptoKey
  /** Hexadecimal SHA-1 of the public key: how certificates name the key that signed them. */
  keyIdentifier: string
  validity: Validity
}

export interface Validity {
  notBefore: Date
  notAfter: Date
}

export interface CertificateRequest {
  commonName: string
  /** Group of the user that a client certificate stands for. */
  organization?: string
  usage: 'client' | 'server' | 'both'
  /** Host names and IPv4 addresses that a server certificate is good for. */
  names?: readonly string[]
}

/** What makes certificates differ from run to run. */
export interface IssueCollaborators {
  clock: Clock
  random: Random
}

const dayMs = 86_400_000
/** Certificates of the sandbox live as long as a sandbox may lie about; `iv local up` renews them in time. */
const validDays = 365
/** A clock that is set back a little must not make a fresh certificate "not yet valid". */
const allowedClockSkewMs = 5 * 60_000

const signature = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export function oneYear(c: IssueCollaborators): Validity {
  const now = c.clock.now().getTime()
  return { notBefore: new Date(now - allowedClockSkewMs), notAfter: new Date(now + validDays * dayMs) }
}

/** A self-signed authority on P-256; everything it signs ends when it ends. */
export async function createAuthority(commonName: string, c: IssueCollaborators): Promise<Authority> {
  const x509 = await loadLibrary()
  const keys = await createKeys()
  const identifier = await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)
  const authority = {
    commonName,
    signingKey: keys.privateKey,
    keyIdentifier: identifier.keyId,
    validity: oneYear(c),
  }
  const extensions = [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    identifier,
  ]
  const subject = { commonName }
  const certificate = await sign(authority, { subject, publicKey: keys.publicKey, extensions }, c)
  return { ...authority, certificate, key: privatePem(KeyObject.from(keys.privateKey)) }
}

/** An authority from its two PEM texts: what it signs names the same key as what it signed before. */
export async function loadAuthority(
  stored: KeyPair & { commonName: string },
  c: IssueCollaborators,
): Promise<Authority> {
  const x509 = await loadLibrary()
  const publicKey = await new x509.X509Certificate(stored.certificate).publicKey.export()
  const identifier = await x509.SubjectKeyIdentifierExtension.create(publicKey)
  const signingKey = createPrivateKey(stored.key).toCryptoKey(signature, true, ['sign'])
  return { ...stored, signingKey, keyIdentifier: identifier.keyId, validity: oneYear(c) }
}

export async function issue(
  authority: Authority,
  request: CertificateRequest,
  c: IssueCollaborators,
): Promise<KeyPair> {
  const x509 = await loadLibrary()
  const keys = await createKeys()
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage
  const purposes = { server: [serverAuth], client: [clientAuth], both: [serverAuth, clientAuth] }
  const extensions = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(purposes[request.usage]),
    new x509.AuthorityKeyIdentifierExtension(authority.keyIdentifier),
    ...(request.names ? [new x509.SubjectAlternativeNameExtension(request.names.map(generalName))] : []),
  ]
  const certificate = await sign(authority, { subject: request, publicKey: keys.publicKey, extensions }, c)
  return { certificate, key: privatePem(KeyObject.from(keys.privateKey)) }
}

/** A bare key pair, PEM: what service-account tokens are signed and checked with. */
export function createSigningKeys(): { privateKey: string; publicKey: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateKey: privatePem(keys.privateKey),
    publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Loaded on first use: most commands make no certificate. The library demands the other one before it. */
async function loadLibrary(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(signature, true, ['sign', 'verify'])
}

interface Subject {
  commonName: string
  organization?: string
}

async function sign(
  issuer: Pick<Authority, 'commonName' | 'signingKey' | 'validity'>,
  parts: { subject: Subject; publicKey: webcrypto.CryptoKey; extensions: Extension[] },
  c: IssueCollaborators,
): Promise<string> {
  const { X509CertificateGenerator } = await loadLibrary()
  const certificate = await X509CertificateGenerator.create({
    ...issuer.validity,
    serialNumber: Buffer.from(c.random.bytes(16)).toString('hex'),
    issuer: distinguishedName(issuer),
    subject: distinguishedName(parts.subject),
    publicKey: parts.publicKey,
    signingKey: issuer.signingKey,
    signingAlgorithm: signature,
    extensions: parts.extensions,
  })
  return `${certificate.toString('pem')}\n`
}

function distinguishedName({ commonName, organization }: Subject): JsonName {
  return [...(organization === undefined ? [] : [{ O: [organization] }]), { CN: [commonName] }]
}

function generalName(name: string): JsonGeneralName {
  return { type: isIP(name) === 4 ? 'ip' : 'dns', value: name }
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { isIP } from 'node:net'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  utf8String,
} from './der.ts'

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  certificate: string
  key: string
}

export interface Authority extends KeyPair {
  commonName: string
  signingKey: KeyObject
  /** SHA-1 of the public key: how certificates name the key that signed them. */
  keyIdentifier: Uint8Array
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

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' }
/** Bits of the key usage extension, with the number of bits that do not count at its end. */
const keyUsages = { authority: bitString(Uint8Array.of(0x06), 1), leaf: bitString(Uint8Array.of(0x80), 7) }

export function oneYear(c: IssueCollaborators): Validity {
  const now = c.clock.now().getTime()
  return { notBefore: new Date(now - allowedClockSkewMs), notAfter: new Date(now + validDays * dayMs) }
}

/** A self-signed authority on P-256; everything it signs ends when it ends. */
export function createAuthority(commonName: string, c: IssueCollaborators): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' })
  const issuer = {
    commonName,
    signingKey: keys.privateKey,
    keyIdentifier: createHash('sha1').update(spki).digest(),
    validity: oneYear(c),
  }
  const extensions = [
    extension('2.5.29.19', sequence(boolean(true)), true),
    extension('2.5.29.15', keyUsages.authority, true),
    extension('2.5.29.14', octetString(issuer.keyIdentifier)),
  ]
  const certificate = assemble(issuer, {
    subject: { commonName },
    spki,
    extensions,
    serial: c.random.bytes(16),
  })
  return { ...issuer, certificate, key: privatePem(keys.privateKey) }
}

export function issue(authority: Authority, request: CertificateRequest, c: IssueCollaborators): KeyPair {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const usages = request.usage === 'both' ? [purposes.server, purposes.client] : [purposes[request.usage]]
  const extensions = [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', keyUsages.leaf, true),
    extension('2.5.29.37', sequence(...usages.map(objectIdentifier))),
    extension('2.5.29.35', sequence(tagged(0x80, authority.keyIdentifier))),
    ...(request.names ? [extension('2.5.29.17', sequence(...request.names.map(generalName)))] : []),
  ]
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' })
  const certificate = assemble(authority, { subject: request, spki, extensions, serial: c.random.bytes(16) })
  return { certificate, key: privatePem(keys.privateKey) }
}

/** A bare key pair, PEM: what service-account tokens are signed and checked with. */
export function createSigningKeys(): { privateKey: string; publicKey: string } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateKey: privatePem(keys.privateKey),
    publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

interface Subject {
  commonName: string
  organization?: string
}

/** Certificate of RFC 5280 §4.1, version 3, signed by the issuer. */
function assemble(
  issuer: Pick<Authority, 'commonName' | 'signingKey' | 'validity'>,
  parts: { subject: Subject; spki: Uint8Array; extensions: readonly Uint8Array[]; serial: Uint8Array },
): string {
  const body = sequence(
    tagged(0xa0, integer(Uint8Array.of(2))),
    integer(parts.serial),
    ecdsaWithSha256,
    distinguishedName({ commonName: issuer.commonName }),
    sequence(time(issuer.validity.notBefore), time(issuer.validity.notAfter)),
    distinguishedName(parts.subject),
    parts.spki,
    tagged(0xa3, sequence(...parts.extensions)),
  )
  const signature = sign('sha256', body, issuer.signingKey)
  return pem(sequence(body, ecdsaWithSha256, bitString(signature)), 'CERTIFICATE')
}

function extension(identifier: string, value: Uint8Array, critical = false): Buffer {
  const flag = critical ? [boolean(true)] : []
  return sequence(objectIdentifier(identifier), ...flag, octetString(value))
}

function distinguishedName(subject: Subject): Buffer {
  const attribute = (identifier: string, value: string): Buffer =>
    setOf(sequence(objectIdentifier(identifier), utf8String(value)))
  return sequence(
    ...(subject.organization === undefined ? [] : [attribute('2.5.4.10', subject.organization)]),
    attribute('2.5.4.3', subject.commonName),
  )
}

function generalName(name: string): Buffer {
  return isIP(name) === 4
    ? tagged(0x87, Uint8Array.from(name.split('.'), Number))
    : tagged(0x82, Buffer.from(name, 'ascii'))
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function pem(bytes: Uint8Array, label: string): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { ensureRegionCertificates } from '../../src/sandbox/certificate-set.ts'
import { createAuthority, createSigningKeys, issue } from '../../src/sandbox/certificates.ts'

const c = { clock: systemClock, random: systemRandom }
const at = (date: Date) => ({ ...c, clock: { ...systemClock, now: () => date } })
const dayMs = 86_400_000

test('a certificate is signed by its authority, is good for its names and holds the key that came with it', async () => {
  const authority = await createAuthority('example', c)
  const pair = await issue(
    authority,
    { commonName: 'server', organization: 'group', usage: 'server', names: ['127.0.0.1', 'localhost'] },
    c,
  )
  const certificate = new X509Certificate(pair.certificate)
  const issuer = new X509Certificate(authority.certificate)
  expect(certificate.verify(issuer.publicKey)).toBe(true)
  expect(certificate.checkIssued(issuer)).toBe(true)
  expect(certificate.checkPrivateKey(createPrivateKey(pair.key))).toBe(true)
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkHost('elsewhere')).toBeUndefined()
  expect(certificate.subject).toBe('O=group\nCN=server')
  expect(certificate.ca).toBe(false)
  expect(issuer.ca).toBe(true)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
})

test('an authority does not vouch for what another one signed', async () => {
  const stranger = await issue(await createAuthority('one', c), { commonName: 'x', usage: 'client' }, c)
  const authority = new X509Certificate((await createAuthority('two', c)).certificate)
  expect(new X509Certificate(stranger.certificate).verify(authority.publicKey)).toBe(false)
})

test('validity is one year from now in every year, also across the change of encoding in 2050', async () => {
  const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  await fc.assert(
    fc.asyncProperty(moments, async (now) => {
      const certificate = new X509Certificate((await createAuthority('x', at(now))).certificate)
      const seconds = (time: number): number => Math.floor(time / 1000)
      expect(seconds(Date.parse(certificate.validTo))).toBe(seconds(now.getTime() + 365 * dayMs))
      expect(Date.parse(certificate.validFrom)).toBeLessThanOrEqual(now.getTime())
    }),
    { numRuns: 40 },
  )
})

test('every serial number reads back, whatever its leading bytes', async () => {
  const serials = fc
    .uint8Array({ minLength: 1, maxLength: 20 })
    .filter((bytes) => bytes.some((byte) => byte > 0))
  await fc.assert(
    fc.asyncProperty(serials, async (serial) => {
      const random = { bytes: () => serial }
      const certificate = new X509Certificate((await createAuthority('x', { ...c, random })).certificate)
      const hex = Buffer.from(serial).toString('hex')
      expect(BigInt(`0x${certificate.serialNumber}`)).toBe(BigInt(`0x${hex}`))
    }),
    { numRuns: 40 },
  )
})

test('names of any length are encoded', async () => {
  for (const length of [1, 63, 127, 128, 200, 400]) {
    const commonName = 'n'.repeat(length)
    const names = [
      `${'a'.repeat(60)}.example`,
      ...Array.from({ length: 40 }, (_, index) => `host-${index}.example`),
    ]
    const pair = await issue(
      await createAuthority(commonName, c),
      { commonName: 'x', usage: 'both', names },
      c,
    )
    const certificate = new X509Certificate(pair.certificate)
    expect(certificate.issuer).toBe(`CN=${commonName}`)
    expect(certificate.checkHost('host-39.example')).toBe('host-39.example')
  }
})

test('signing keys belong together', () => {
  const keys = createSigningKeys()
  const derived = createPublicKey(keys.privateKey).export({ type: 'spki', format: 'pem' })
  expect(derived).toBe(keys.publicKey)
})

test('certificates of a region are kept until their last month, and then made anew with the same token key', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-certificates-'))
  const read = (name: string): Promise<string> => readFile(join(folder, 'tls', name), 'utf8')
  await ensureRegionCertificates({ region: 'here', folder }, c)
  const [first, tokens] = await Promise.all([read('ca.crt'), read('service-account.key')])
  await ensureRegionCertificates({ region: 'here', folder }, at(new Date(Date.now() + 300 * dayMs)))
  expect(await read('ca.crt')).toBe(first)
  await ensureRegionCertificates({ region: 'here', folder }, at(new Date(Date.now() + 340 * dayMs)))
  expect(await read('ca.crt')).not.toBe(first)
  expect(await read('service-account.key')).toBe(tokens)
  const authority = new X509Certificate(await read('ca.crt'))
  const names = ['kube-apiserver', 'admin', 'kube-controller-manager', 'kube-scheduler', 'kwok']
  const signed = await Promise.all(
    names.map(async (name) => new X509Certificate(await read(`${name}.crt`)).verify(authority.publicKey)),
  )
  expect(signed).toEqual(names.map(() => true))
})

test('private keys are readable by their owner only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-certificates-'))
  await ensureRegionCertificates({ region: 'here', folder }, c)
  for (const name of ['ca.key', 'admin.key', 'service-account.key'])
    expect((await stat(join(folder, 'tls', name))).mode & 0o777).toBe(0o600)
})

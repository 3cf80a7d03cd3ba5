import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patchOf } from '../../src/diff/patch.ts'
import { redacted } from '../../src/diff/redact.ts'

const secretOf = (value: unknown): unknown => ({
  kind: 'Secret',
  data: { any: value },
  stringData: { b: value },
})
const variable = (name: string, value: string): unknown => ({ spec: { env: [{ name, value }] } })

test.each([
  ['data of a Secret', secretOf('aaaa-1'), secretOf('bbbb-2')],
  ['a variable by its name', variable('DB_PASSWORD', 'aaaa-1'), variable('DB_PASSWORD', 'bbbb-2')],
  ['a field by its name', { spec: { apiKey: 'aaaa-1' } }, { spec: { apiKey: 'bbbb-2' } }],
  ['an access key', { spec: { accessKey: 'aaaa-1' } }, { spec: { accessKey: 'bbbb-2' } }],
  ['a list', { spec: { tokens: ['aaaa-1'] } }, { spec: { tokens: ['bbbb-2'] } }],
  ['a URL with a password', { url: 'redis://u:aaaa-1@h/1' }, { url: 'redis://u:bbbb-2@h/1' }],
  ['an argument', { args: ['--db-password=aaaa-1'] }, { args: ['--db-password=bbbb-2'] }],
])('%s is never shown', (_, before, after) => {
  expect(JSON.stringify(redacted(before, after))).not.toMatch(/aaaa-1|bbbb-2/)
})

test('that a hidden value differs is seen all the same', () => {
  const object = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x' },
    stringData: { password },
  })
  const base = { region: 'r', action: 'update', kind: 'Secret', namespace: null, name: 'x' } as const
  expect(patchOf({ ...base, before: object('one'), after: object('two') })).toMatch(
    /-  password: \(redacted\)\n\+  password: \(redacted, changed\)/,
  )
})

test('where a secret is may be shown, and so may flags about one', () => {
  const open = {
    secretName: 'tls',
    tokenRef: 'vault',
    automountServiceAccountToken: false,
    topologyKey: 'zone',
  }
  expect(redacted(undefined, open)[1]).toEqual(open)
})

test('nothing that a Secret holds is ever in the text of its difference', () => {
  const held = fc.stringMatching(/^[a-z0-9]{12,20}$/)
  fc.assert(
    fc.property(held, held, fc.stringMatching(/^[a-z]{1,8}$/), (old, next, key) => {
      const secret = (value: string) => ({
        kind: 'Secret',
        data: { [key]: value, nested: { [key]: [value] } },
      })
      const text = JSON.stringify(redacted(secret(old), secret(next)))
      expect(text).not.toContain(old)
      expect(text).not.toContain(next)
    }),
    { numRuns: 200 },
  )
})

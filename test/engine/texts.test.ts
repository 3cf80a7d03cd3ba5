import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type EngineEnd, engineFailure, plainText } from '../../src/engine/texts.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'engine')

function end(change: Partial<EngineEnd>): EngineEnd {
  return { exitCode: 1, stderr: '', errors: [], stack: 'prod.us-east', region: 'us-east', ...change }
}

function recorded(name: string, exitCode = 1): EngineEnd {
  return end({ exitCode, stderr: readFileSync(join(fixtures, `${name}.txt`), 'utf8') })
}

describe('recorded ends of the engine', () => {
  test('a lock names its holder and may be retried', () => {
    const failure = engineFailure(recorded('locked'))
    expect(failure).toMatchObject({ code: 'LOCKED', retryable: true, region: 'us-east' })
    expect(failure.message).toBe(
      'stack prod.us-east is locked by ops@build-7 (process 4711) since 2026-11-24T22:00:00Z',
    )
  })

  test.each([
    ['wrong-passphrase', 'AUTH', 'does not open the secrets'],
    ['no-passphrase', 'AUTH', 'need a passphrase'],
    ['cut-state', 'OPERATION', 'cut short'],
    ['no-stack', 'NOT_FOUND', 'no stack nope'],
  ])('%s is %s', (name, code, text) => {
    const failure = engineFailure(recorded(name))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(text)
    expect(failure.next).toBeTruthy()
  })
})

describe('errors of objects', () => {
  const deployment = 'apps/v1:Deployment media/sfu'
  const failed = (message: string) => engineFailure(end({ errors: [{ label: deployment, message }] }))

  test('a missing permission is a matter of access, an admission refusal is not', () => {
    const rbac = 'deployments.apps is forbidden: User "ci" cannot create resource "deployments"'
    const admission = 'admission webhook "policy.example" denied the request: no latest tag'
    const security = 'pods "sfu" is forbidden: violates PodSecurity "restricted:latest"'
    expect(failed(rbac).code).toBe('AUTH')
    expect(failed(admission).code).toBe('OPERATION')
    expect(failed(security).code).toBe('OPERATION')
  })

  test('a step that the plan does not have is a change; beside a failed one it is only its echo', () => {
    const off = { label: deployment, message: 'resource violates plan: update is not allowed by the plan' }
    expect(engineFailure(end({ errors: [off] })).code).toBe('CHANGES')
    const conflict = { label: deployment, message: 'conflict: ops owns .spec.replicas' }
    expect(engineFailure(end({ errors: [conflict, off] })).code).toBe('OPERATION')
  })

  test('the object is named before its error, and noise is left out', () => {
    const errors = [
      { label: undefined, message: 'update failed' },
      { label: deployment, message: 'image is required' },
    ]
    expect(engineFailure(end({ errors })).message).toBe(`${deployment}: image is required`)
  })

  test('an error of a preview is told without the sentence in front of it, which alone says nothing', () => {
    const message = plainText('error: Preview failed: image is required', () => undefined)
    const errors = [
      { label: deployment, message },
      { label: undefined, message: 'preview failed' },
    ]
    expect(engineFailure(end({ errors })).message).toBe(`${deployment}: image is required`)
  })

  test('of many errors three are told and the rest counted', () => {
    const errors = [1, 2, 3, 4, 5].map((number) => ({ label: `v1:ConfigMap c${number}`, message: 'refused' }))
    const { message } = engineFailure(end({ errors }))
    expect(message).toContain('c3: refused')
    expect(message).not.toContain('c4')
    expect(message).toContain('and 2 more')
  })

  test('a full disk is told as such, whatever else went wrong', () => {
    const errors = [{ label: undefined, message: 'failed to save snapshot: write: no space left on device' }]
    expect(engineFailure(end({ errors })).message).toContain('no space left on device')
  })
})

test('a program that throws is a defect of iv, told without its stack trace', () => {
  const errors = [
    { label: undefined, message: 'Unhandled exception: Error: bad plan\n    at file.js:1:1' },
    { label: undefined, message: 'bad plan' },
  ]
  const failure = engineFailure(end({ errors }))
  expect(failure.code).toBe('INTERNAL')
  expect(failure.message).toBe('the program of stack prod.us-east failed: bad plan')
})

test('a killed engine says so', () => {
  expect(engineFailure(end({ exitCode: undefined })).message).toContain('was killed')
})

test('URNs become names, colours disappear', () => {
  const urn = 'urn:pulumi:prod.us-east::iv::kubernetes:apps/v1:Deployment::media-sfu'
  const escape = String.fromCharCode(27)
  const message = `${escape}[31merror:${escape}[0m resource "${urn}" was not created<{%reset%}>`
  expect(plainText(message, () => 'Deployment media/sfu')).toBe(
    'resource "Deployment media/sfu" was not created',
  )
  expect(plainText(message, () => undefined)).toBe('resource "media-sfu" was not created')
})

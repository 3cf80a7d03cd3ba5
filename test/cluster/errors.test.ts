import { expect, test } from 'vitest'
import { connectionReason, failureOf, isUnserved, objectName } from '../../src/cluster/errors.ts'

const sfu = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'media', name: 'sfu' }

test.each([
  [401, 'AUTH', false],
  [404, 'OPERATION', false],
  [409, 'OPERATION', false],
  [422, 'OPERATION', false],
  [429, 'OPERATION', true],
  [503, 'OPERATION', true],
] as const)('status %i becomes %s, retryable %s', (status, code, retryable) => {
  expect(failureOf({ status, body: { kind: 'Status', message: 'because' } }, sfu)).toMatchObject({
    code,
    retryable,
    message: 'Deployment media/sfu: because',
  })
})

test.each([
  ['deployments.apps "sfu" is forbidden: User "weak" cannot patch resource "deployments"', 'AUTH'],
  ['pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged', 'OPERATION'],
  ['admission webhook "v.example.org" denied the request: no', 'OPERATION'],
] as const)('a 403 that says %j is a matter of %s', (message, code) => {
  expect(failureOf({ status: 403, body: { message } }, sfu)).toMatchObject({ code })
})

test('a path that is not there may come back; an object that is not there does not', () => {
  const unserved = { status: 404, body: { message: '404 page not found' } }
  expect(failureOf(unserved, 'watch /x')).toMatchObject({ code: 'OPERATION', retryable: true })
  expect([isUnserved(unserved), isUnserved({ status: 404, body: { kind: 'Status' } })]).toEqual([true, false])
})

test('a body without a message still says what happened', () => {
  expect(failureOf({ status: 500, body: {} }, 'watch /x').message).toBe('watch /x: the server answered 500')
})

test('a message of several lines becomes one', () => {
  expect(failureOf({ status: 422, body: { message: 'is invalid:\n  spec' } }, sfu).message).toBe(
    'Deployment media/sfu: is invalid: spec',
  )
})

test('objects are named by kind, namespace and name', () => {
  expect(objectName({ ...sfu, namespace: undefined })).toBe('Deployment sfu')
  expect(objectName({ apiVersion: 'v1', kind: 'Pod' })).toBe('Pod')
})

test('a connection that failed on all addresses gives the reason of the first', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  expect(connectionReason(new AggregateError([refused]))).toBe('connection refused')
})

import { expect, test } from 'vitest'
import { stubOf } from '../../src/crds/stub.ts'
import { type Definition, withoutDescriptions } from '../../src/crds/definition.ts'

const scaled = {
  kind: 'ScaledObject',
  group: 'keda.sh',
  plural: 'scaledobjects',
  scope: 'Namespaced',
  versions: ['v1alpha1'],
} as const

function withSchema(openAPIV3Schema: Record<string, unknown>): Definition {
  const stub = stubOf(scaled)
  return {
    ...stub,
    spec: {
      ...stub.spec,
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  }
}

test('descriptions of schemas go; a field of that name, defaults and rules stay', () => {
  const trimmed = withoutDescriptions(
    withSchema({
      type: 'object',
      description: 'of the whole',
      properties: {
        description: { type: 'string', description: 'of a field', maxLength: 9 },
        list: { type: 'array', items: { type: 'object', description: 'of an item' } },
        choice: { anyOf: [{ type: 'integer', description: 'one' }, { type: 'string' }] },
        preset: { type: 'object', default: { description: 'kept' } },
      },
      'x-kubernetes-validations': [{ rule: 'self.a < self.b', message: 'a is below b' }],
    }),
  )
  expect(trimmed.spec.versions[0]?.schema?.openAPIV3Schema).toEqual({
    type: 'object',
    properties: {
      description: { type: 'string', maxLength: 9 },
      list: { type: 'array', items: { type: 'object' } },
      choice: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
      preset: { type: 'object', default: { description: 'kept' } },
    },
    'x-kubernetes-validations': [{ rule: 'self.a < self.b', message: 'a is below b' }],
  })
})

test('a stub is right in its names and accepts every field', () => {
  const { metadata, spec } = stubOf(scaled)
  expect(metadata).toEqual({ name: 'scaledobjects.keda.sh', annotations: {} })
  expect(spec.names).toMatchObject({ kind: 'ScaledObject', plural: 'scaledobjects' })
  expect(spec.versions[0]).toMatchObject({
    name: 'v1alpha1',
    storage: true,
    schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  })
})

test('a stub in a protected group carries the annotation without which it is not served', () => {
  const { metadata } = stubOf({ ...scaled, group: 'externaldns.k8s.io' })
  expect(metadata.annotations?.['api-approved.kubernetes.io']).toMatch(/^unapproved/)
})

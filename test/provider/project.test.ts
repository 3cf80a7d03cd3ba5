import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesBetween } from '../../src/provider/compare.ts'
import { formatPath } from '../../src/provider/path.ts'
import { liveInputs } from '../../src/provider/project.ts'

/** What a preview would show after a refresh, for a program, what was recorded after its apply, and what is live. */
function drift(program: object, recorded: object, live: object): string[] {
  const refreshed = liveInputs({ ...program }, { ...recorded }, { ...live })
  return changesBetween(refreshed, program).map(({ path, kind }) => `${formatPath(path)}:${kind}`)
}

const program = {
  metadata: { labels: { a: '1' } },
  spec: {
    containers: [{ name: 'c', image: 'x', env: [{ name: 'A', value: '1' }], requests: { cpu: '1000m' } }],
    tolerations: [{ key: 'gpu' }],
  },
}
const recorded = {
  metadata: { labels: { a: '1' }, uid: 'u' },
  spec: {
    replicas: 1,
    containers: [
      { name: 'c', image: 'x', env: [{ name: 'A', value: '1' }], requests: { cpu: '1' }, policy: 'Always' },
    ],
    tolerations: [{ key: 'gpu', operator: 'Equal' }],
  },
}

/** The recorded object, changed by `edit`. */
function live(edit: (object: typeof recorded) => void): typeof recorded {
  const copy = structuredClone(recorded)
  edit(copy)
  return copy
}

const container = { name: 'c', image: 'x' }

describe('what others do is no drift', () => {
  test.each([
    ['nothing at all', () => {}],
    ['a scale', (object) => void (object.spec.replicas = 7)],
    ['a foreign label', (object) => void Object.assign(object.metadata.labels, { foreign: '1' })],
    [
      'a sidecar in front',
      (object) => void object.spec.containers.unshift({ ...recorded.spec.containers[0], name: 's' } as never),
    ],
    [
      'a foreign variable',
      (object) => void object.spec.containers[0]?.env.unshift({ name: 'B', value: '2' }),
    ],
    [
      'a rewritten quantity',
      (object) => void Object.assign(object.spec.containers[0]?.requests ?? {}, { cpu: '1.0' }),
    ],
  ] satisfies [string, (object: typeof recorded) => void][])('%s', (_what, edit) => {
    expect(drift(program, recorded, live(edit))).toEqual([])
  })
})

describe('what others do to our fields is drift', () => {
  test.each([
    ['a changed label', (object) => void (object.metadata.labels.a = '2'), ['metadata.labels.a:update']],
    [
      'a removed label',
      (object) => void Reflect.deleteProperty(object.metadata.labels, 'a'),
      ['metadata.labels.a:add'],
    ],
    [
      'another image behind a sidecar',
      (object) => {
        object.spec.containers = [
          { ...container, name: 's' },
          { ...container, ...program.spec.containers[0], image: 'y' },
        ] as never
      },
      ['spec.containers[0].image:update'],
    ],
    [
      'a removed variable',
      (object) => void object.spec.containers[0]?.env.pop(),
      ['spec.containers[0].env[0]:add'],
    ],
    ['a removed container', (object) => void object.spec.containers.pop(), ['spec.containers[0]:add']],
    [
      'one more element of a list that is ours',
      (object) => void object.spec.tolerations.push({ key: 'x', operator: 'Exists' }),
      ['spec.tolerations[1]:delete'],
    ],
    [
      'a changed default inside a list that is ours',
      (object) => void Object.assign(object.spec.tolerations[0] ?? {}, { operator: 'Exists' }),
      ['spec.tolerations[0].operator:delete'],
    ],
    [
      'another quantity',
      (object) => void Object.assign(object.spec.containers[0]?.requests ?? {}, { cpu: '2' }),
      ['spec.containers[0].requests.cpu:update'],
    ],
  ] satisfies [string, (object: typeof recorded) => void, string[]][])('%s', (_what, edit, expected) => {
    expect(drift(program, recorded, live(edit))).toEqual(expected)
  })

  test('a key added to a selector, which is one value', () => {
    const policy = { spec: { podSelector: { matchLabels: { a: '1' } } } }
    const narrowed = { spec: { podSelector: { matchLabels: { a: '1', b: '2' } } } }
    expect(drift(policy, policy, narrowed)).toEqual(['spec.podSelector.matchLabels.b:delete'])
  })

  test('a key added to the selector of everything', () => {
    const policy = { spec: { podSelector: {} } }
    expect(drift(policy, policy, { spec: { podSelector: { matchLabels: { b: '2' } } } })).toEqual([
      'spec.podSelector.matchLabels:delete',
    ])
  })
})

test('an object that is as recorded never drifts, whatever the server made of the program', () => {
  fc.assert(
    fc.property(fc.object(), fc.object(), (wanted, server) => {
      expect(liveInputs({ wanted }, { server }, { server })).toEqual({ wanted })
    }),
  )
})

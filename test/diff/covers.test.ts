import { describe, expect, test } from 'vitest'
import { applierOf, covers, stillWants } from '../../src/diff/covers.ts'

describe('whether a live object holds what is wanted', () => {
  const container = { name: 'sfu', image: 'a', resources: { requests: { cpu: '1000m', memory: '1Gi' } } }
  const wanted = { spec: { template: { spec: { containers: [container] } } } }
  const live = (patch: object, more: object[] = []): unknown => ({
    spec: {
      replicas: 3,
      template: { spec: { containers: [...more, { ...container, terminationMessagePath: '/x', ...patch }] } },
    },
  })

  test.each([
    ['defaults beside it', live({}), true],
    [
      'a quantity as the server writes it',
      live({ resources: { requests: { cpu: '1', memory: '1Gi' } } }),
      true,
    ],
    ['a container that a mesh put in front', live({}, [{ name: 'mesh', image: 'm' }]), true],
    ['another image', live({ image: 'b' }), false],
    ['another quantity', live({ resources: { requests: { cpu: '2', memory: '1Gi' } } }), false],
    ['nothing', {}, false],
  ])('%s: %s', (_, object, answer) => {
    expect(covers(object, wanted)).toBe(answer)
  })

  test('a list that is not merged by key is wanted whole', () => {
    expect(covers({ args: ['a', 'b'] }, { args: ['a'] })).toBe(false)
    expect(covers({}, { rules: [] })).toBe(true)
  })
})

describe('whether everything that was applied is still wanted', () => {
  const owned = {
    'f:metadata': { 'f:labels': { 'f:a': {}, 'f:b': {} } },
    'f:spec': {
      'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } },
      'f:set': { 'v:"x"': {} },
    },
  }
  const spec = { ports: [{ port: 80 }], set: ['x'] }

  test.each([
    ['all of it', { metadata: { labels: { a: '1', b: '2' } }, spec }, true],
    ['not a label', { metadata: { labels: { a: '1' } }, spec }, false],
    [
      'not an element by key',
      { metadata: { labels: { a: '1', b: '2' } }, spec: { ...spec, ports: [{ port: 81 }] } },
      false,
    ],
    [
      'not an element by value',
      { metadata: { labels: { a: '1', b: '2' } }, spec: { ...spec, set: [] } },
      false,
    ],
  ])('%s: %s', (_, wanted, answer) => {
    expect(stillWants(wanted, owned)).toBe(answer)
  })

  test('the applier is who applied the object itself, not a subresource, and not the one that sets counts', () => {
    const entries = [
      { manager: 'kubelet', operation: 'Update' },
      { manager: 'iv-scale', operation: 'Apply' },
      { manager: 'hpa', operation: 'Apply', subresource: 'scale' },
      { manager: 'argocd-controller', operation: 'Apply' },
    ]
    expect(applierOf(entries, new Set(['iv-scale']))?.manager).toBe('argocd-controller')
    expect(applierOf([], new Set())).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/crds/catalogue.ts'
import { componentNames, definitionName } from '../../src/crds/component.ts'
import { objectsOf } from '../../src/platform/objects.ts'
import { planRegion } from '../../src/platform/plan.ts'
import { examplePlatform } from '../platform/example.ts'
import { isCustom, kindsUsed } from '../../src/crds/used.ts'

describe('the custom kinds of a plan', () => {
  test('are found once each, by component, and built-in ones are not among them', () => {
    const used = kindsUsed([
      { apiVersion: 'v1', kind: 'ConfigMap' },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
      { apiVersion: 'externaldns.k8s.io/v1alpha1', kind: 'DNSEndpoint' },
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
    ])
    expect(used.map(({ component, definition }) => `${component.name} ${definition.kind}`)).toEqual([
      'external-dns DNSEndpoint',
      'keda ScaledObject',
    ])
  })

  test.each([
    ['a kind', { apiVersion: 'keda.sh/v1alpha1', kind: 'Unheard' }],
    ['a version', { apiVersion: 'keda.sh/v1', kind: 'ScaledObject' }],
    ['a group', { apiVersion: 'example.com/v1', kind: 'Thing' }],
  ])('refuse %s that nobody in the catalogue reconciles', (_, object) => {
    expect(() => kindsUsed([object])).toThrow(`serves ${object.kind} of ${object.apiVersion}`)
  })

  test('are told from built-in ones by the group, not by its ending', () => {
    expect(isCustom({ apiVersion: 'networking.k8s.io/v1' })).toBe(false)
    expect(isCustom({ apiVersion: 'gateway.networking.k8s.io/v1' })).toBe(true)
  })
})

describe('the catalogue', () => {
  test.each(Object.keys(examplePlatform().specification.regions))('has every kind of %s', (region) => {
    const objects = objectsOf(planRegion(examplePlatform(), region))
    const custom = new Set(objects.filter(isCustom).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))
    expect(kindsUsed(objects)).toHaveLength(custom.size)
  })

  test('has each component and each definition once', () => {
    expect(catalogue.map(({ name }) => name).toSorted()).toEqual([...componentNames].toSorted())
    const names = catalogue.flatMap(({ kinds }) => kinds.map(definitionName))
    expect(new Set(names).size).toBe(names.length)
  })

  test('says of each component where its makers tell how to install it', () => {
    for (const { documentation, install = 'helm install', version } of catalogue) {
      expect(documentation).toMatch(/^https:\/\//)
      expect(install).toMatch(/^(helm|kubectl) /)
      expect(version).toMatch(/^\d/)
    }
  })
})

import { describe, expect, test } from 'vitest'
import { Discovery, resourcePath } from '../../src/cluster/discovery.ts'

function server(groups: Record<string, object[]>): { discovery: Discovery; asked: string[] } {
  const asked: string[] = []
  const discovery = new Discovery(async ({ path }) => {
    asked.push(path)
    const resources = groups[path]
    return resources ? { status: 200, body: { resources } } : { status: 404, body: {} }
  })
  return { discovery, asked }
}

const deployments = { name: 'deployments', kind: 'Deployment', namespaced: true }
const scale = { name: 'deployments/scale', kind: 'Scale', namespaced: true }

describe('discovery', () => {
  test('asks once for a group version', async () => {
    const { discovery, asked } = server({ '/apis/apps/v1': [deployments, scale] })
    await discovery.find('apps/v1', 'Deployment')
    expect(await discovery.find('apps/v1', 'Deployment')).toEqual({
      plural: 'deployments',
      kind: 'Deployment',
      namespaced: true,
    })
    expect(asked).toEqual(['/apis/apps/v1'])
  })

  test('looks again for a kind that a definition has just added', async () => {
    const groups: Record<string, object[]> = {}
    const { discovery } = server(groups)
    expect(await discovery.find('case.iv.dev/v1', 'Pool')).toBeUndefined()
    groups['/apis/case.iv.dev/v1'] = [{ name: 'pools', kind: 'Pool', namespaced: false }]
    expect(await discovery.find('case.iv.dev/v1', 'Pool')).toMatchObject({ plural: 'pools' })
  })

  test('does not take a subresource for a kind', async () => {
    const { discovery } = server({ '/apis/apps/v1': [deployments, scale] })
    expect(await discovery.find('apps/v1', 'Scale')).toBeUndefined()
  })

  test('says when it is not allowed', async () => {
    const discovery = new Discovery(async () => ({
      status: 403,
      body: { message: 'User "u" cannot get path' },
    }))
    await expect(discovery.find('v1', 'Pod')).rejects.toMatchObject({ code: 'AUTH' })
  })
})

describe('paths', () => {
  const kind = { plural: 'deployments', kind: 'Deployment', namespaced: true }
  test.each([
    [{ namespace: 'media', name: 'sfu' }, '/apis/apps/v1/namespaces/media/deployments/sfu'],
    [{ namespace: 'media' }, '/apis/apps/v1/namespaces/media/deployments'],
    [{}, '/apis/apps/v1/deployments'],
    [{ name: 'sfu' }, '/apis/apps/v1/namespaces/default/deployments/sfu'],
  ])('%j', (part, path) => {
    expect(resourcePath({ apiVersion: 'apps/v1', kind: 'Deployment', ...part }, kind)).toBe(path)
  })

  test('of a cluster-wide kind ignores the namespace', () => {
    const namespaces = { plural: 'namespaces', kind: 'Namespace', namespaced: false }
    expect(resourcePath({ apiVersion: 'v1', kind: 'Namespace', namespace: 'x', name: 'a' }, namespaces)).toBe(
      '/api/v1/namespaces/a',
    )
  })
})

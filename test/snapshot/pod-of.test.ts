import { describe, expect, it } from 'vitest'
import { amountsOf, podOf } from '../../src/snapshot/pod-of.ts'

const asks = (cpu: string) => ({ resources: { requests: { cpu } } })

describe('what a pod asks for', () => {
  it('is its containers together, or its largest init container', () => {
    const pod = podOf({
      metadata: { name: 'p' },
      spec: { containers: [asks('1'), asks('500m')], initContainers: [asks('2')] },
    })
    expect(pod.requests).toEqual({ cpu: 2000 })
  })

  it('counts sidecars beside the containers, overhead on top, and a limit as a request', () => {
    const sidecar = { ...asks('250m'), restartPolicy: 'Always' }
    const limited = { resources: { limits: { 'nvidia.com/gpu': '8', cpu: '1' } } }
    const spec = { containers: [limited], initContainers: [sidecar], overhead: { cpu: '100m' } }
    expect(podOf({ metadata: { name: 'p' }, spec }).requests).toEqual({ cpu: 1350, 'nvidia.com/gpu': 8 })
  })

  it('has the ports of the host, its own network or not', () => {
    const ports = [{ containerPort: 7880 }, { containerPort: 80, hostPort: 8080, protocol: 'UDP' }]
    const named = (hostNetwork: boolean): string[] =>
      podOf({ metadata: { name: 'p' }, spec: { hostNetwork, containers: [{ ports }] } }).hostPorts
    expect(named(false)).toEqual(['UDP 8080'])
    expect(named(true)).toEqual(['TCP 7880', 'UDP 8080'])
  })

  it('is all that is kept: no image, no environment, no volume', () => {
    const secret = 'hunter2'
    const container = { image: secret, env: [{ name: 'A', value: secret }], args: [secret], ports: [] }
    const metadata = { name: 'p', annotations: { a: secret } }
    const pod = podOf({
      metadata,
      spec: Object.assign({ containers: [container] }, { volumes: [{ name: secret }] }),
    })
    expect(JSON.stringify(pod)).not.toContain(secret)
  })

  it('is read in thousandths of cores, bytes and pieces', () => {
    expect(amountsOf({ cpu: '1500m', 'requests.cpu': '2', memory: '1Gi', pods: '110' })).toEqual({
      cpu: 1500,
      'requests.cpu': 2000,
      memory: 2 ** 30,
      pods: 110,
    })
  })
})

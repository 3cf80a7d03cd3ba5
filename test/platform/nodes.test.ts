import { describe, expect, test } from 'vitest'
import { planNodes } from '../../src/platform/nodes.ts'
import { workloadNames } from '../../src/spec/schema/workload.ts'
import { examplePlatform } from './example.ts'

function countByShape(platform = examplePlatform()): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { shape } of planNodes(platform, 'us-east')) counts[shape] = (counts[shape] ?? 0) + 1
  return counts
}

describe('planNodes', () => {
  test('has a media node per SFU server and one to spare, and a GPU node per model replica', () => {
    expect(countByShape()).toMatchObject({ media: 4, 'gpu-8': 2 })
  })

  test('spreads each shape over the three zones', () => {
    for (const shape of ['media', 'speech', 'evaluation', 'general']) {
      const zones = planNodes(examplePlatform(), 'us-east').filter((node) => node.shape === shape)
      expect(new Set(zones.map(({ zone }) => zone)).size).toBe(3)
    }
  })

  test('has room for seven API servers, ASR and TTS workers', () => {
    const nodes = planNodes(examplePlatform(), 'us-east')
    const cores = (shape: string) =>
      nodes
        .filter((node) => node.shape === shape)
        .reduce((sum, { capacity }) => sum + Number(capacity['cpu']), 0)
    expect(cores('general')).toBeGreaterThanOrEqual(7 * 1)
    expect(cores('speech')).toBeGreaterThanOrEqual(2 * 7 * 2)
  })

  test('keeps other pods off every shape but the general one', () => {
    for (const { shape, taints } of planNodes(examplePlatform(), 'us-east')) {
      const expected =
        shape === 'general' ? [] : [{ key: 'iv.dev/shape', value: shape, effect: 'NoSchedule' }]
      expect(taints).toEqual(expected)
    }
  })

  test('grows with the minimum and never shrinks', () => {
    const small = countByShape()
    const large = countByShape(examplePlatform({ pools: { asr: { instances: { minimum: 20 } } } }))
    expect(large['speech']).toBeGreaterThan(small['speech'] ?? 0)
    expect(large['media']).toBe(small['media'])
  })

  test('has room for the workloads beside the pools, on the shapes that they share', () => {
    const bare = (shape: string) => {
      const workloads = Object.fromEntries(
        workloadNames.map((name) => [name, { instances: { minimum: 0, maximum: 1 } }]),
      )
      return countByShape(examplePlatform({ workloads }))[shape] ?? 0
    }
    expect(countByShape()['general']).toBeGreaterThan(bare('general'))
    expect(countByShape()['gpu-8']).toBe(bare('gpu-8'))
  })

  test('refuses a workload that no node of its shape can hold, by its place in the specification', () => {
    const platform = examplePlatform({ workloads: { recording: { resources: { cpu: '64' } } } })
    expect(() => planNodes(platform, 'us-east')).toThrowError(
      expect.objectContaining({ next: expect.stringContaining('lower workloads.recording.resources') }),
    )
  })

  test('refuses a pool that no node of its shape can hold', () => {
    const platform = examplePlatform({ pools: { llm: { resources: { gpus: 16 } } } })
    expect(() => planNodes(platform, 'us-east')).toThrowError(
      expect.objectContaining({
        code: 'USAGE',
        message: 'pool "llm" (cpu 80, memory 900Gi, 16 GPUs) does not fit a node of shape "gpu-8"',
      }),
    )
  })
})

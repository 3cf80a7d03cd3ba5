import { describe, expect, test } from 'vitest'
import type { NodePool } from '../../../src/platform/systems/kinds/karpenter.ts'
import { planEvaluation } from '../../../src/platform/systems/evaluation.ts'
import { planSpeech } from '../../../src/platform/systems/speech.ts'
import { planRegion } from '../../../src/platform/plan.ts'
import { examplePlatform } from '../example.ts'
import { objectOf, planOf, textOf } from './context.ts'

const plan = planOf(planEvaluation, 'us-east')
const pool = (name: string) => (objectOf(plan, 'NodePool', `interview-evaluation-${name}`) as NodePool).spec
const capacity = (name: string) => pool(name).template.spec.requirements[0]?.values

describe('Spot instances for eval', () => {
  test('a floor on demand, all else spot', () => {
    expect([capacity('floor'), capacity('spot')]).toEqual([['on-demand'], ['spot']])
  })

  test('the floor is asked first and ends where the minimum of three is placed', () => {
    expect(pool('floor').weight).toBeGreaterThan(pool('spot').weight ?? 0)
    // 8 cores a machine, 2 an instance: three instances are one machine.
    expect(pool('floor').limits).toEqual({ cpu: '8' })
  })

  test('an instance ends within the two minutes that a spot machine has left', () => {
    const { pools } = planRegion(examplePlatform(), 'us-east')
    const evaluation = pools.find(({ name }) => name === 'evaluation')
    expect(evaluation?.deployment.spec.template.spec.terminationGracePeriodSeconds).toBe(110)
  })

  test('what it saves is no claim of the objects', () => {
    const row = plan.fidelity.find(({ demand }) => demand.includes('Spot instances'))
    expect(row?.carried).toBe('approximated')
    expect(row?.reason).toContain('no promise')
  })
})

describe('fallback providers of speech', () => {
  test('are tried after the pool, for recognition and for synthesis', () => {
    const text = textOf(planOf(planSpeech, 'us-east'), 'speech-providers', 'providers.json')
    expect(JSON.parse(text)).toEqual({
      recognition: [
        { name: 'asr', host: 'asr.interview-speech.svc', port: 8081 },
        { name: 'fallback-speech', host: 'fallback-speech.interview-speech.svc', port: 8093 },
      ],
      synthesis: [
        { name: 'tts', host: 'tts.interview-speech.svc', port: 8082 },
        { name: 'fallback-speech', host: 'fallback-speech.interview-speech.svc', port: 8093 },
      ],
    })
  })

  test('are mounted where they are read', () => {
    const { workloads } = planRegion(examplePlatform(), 'us-east')
    const conductor = workloads.find(({ name }) => name === 'conductor')
    const mounts = conductor?.deployment.spec.template.spec.containers[0]?.volumeMounts ?? []
    expect(mounts.map(({ mountPath }) => mountPath)).toEqual(
      expect.arrayContaining(['/etc/iv/speech', '/etc/iv/media', '/etc/iv/priorities', '/etc/iv/resilience']),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterAlerts, type Alert, automaticLevel, firingOf, switchesOn } from '../../src/degrade/automatic.ts'
import { always, alwaysOf, effectiveLevel, levelNames, levelNumber } from '../../src/degrade/level.ts'

function alert(status: Alert['status'], trigger: string, labels: Record<string, string>): Alert {
  return { status, labels: { alertname: 'Degradation', trigger, ...labels } }
}

const llm = alert('firing', 'llm-outage', { iv_level: 'L3', iv_switch: 'question-bank-cached' })
const asr = alert('firing', 'asr-outage', { iv_level: 'L4' })
const overload = alert('firing', 'sfu-overload', { iv_switch: 'audio-only' })

describe('the automatic level', () => {
  test('is the most careful of what fires, and comes down as that ends', () => {
    const both = afterAlerts({}, [llm, asr, overload])
    expect(automaticLevel(both)).toBe('L4')
    expect(switchesOn(both)).toEqual(['audio-only', 'question-bank-cached'])
    const one = afterAlerts(both, [{ ...asr, status: 'resolved' }])
    expect(automaticLevel(one)).toBe('L3')
    expect(automaticLevel(afterAlerts(one, [{ ...llm, status: 'resolved' }]))).toBe('L1')
  })

  test('keeps what a message does not speak of', () => {
    expect(afterAlerts(afterAlerts({}, [llm]), [overload])).toEqual(afterAlerts({}, [llm, overload]))
  })

  test('is not moved by alerts of others', () => {
    const others = [
      alert('firing', 'disk', { severity: 'page' }),
      alert('firing', 'x', { iv_level: 'L9' }),
      { status: 'firing' as const, labels: { iv_level: 'L5' } },
    ]
    expect(afterAlerts({}, others)).toEqual({})
  })

  test('survives a restart: what the flag keeps is what was firing', () => {
    const firing = afterAlerts({}, [llm, asr, overload])
    expect(firingOf(JSON.stringify(firing))).toEqual(firing)
    for (const nothing of [undefined, '', '[', 'null', 7]) expect(firingOf(nothing)).toEqual({})
  })

  test('is the same in whatever order alerts arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([llm, asr, overload], { minLength: 3 }), (order) => {
        expect(afterAlerts({}, order)).toEqual(afterAlerts({}, [llm, asr, overload]))
      }),
    )
  })
})

describe('the level that counts', () => {
  test('is the higher of the two, so that neither hides the other', () => {
    for (const manual of levelNames) {
      for (const automatic of levelNames) {
        const expected = Math.max(levelNumber(manual), levelNumber(automatic))
        expect(levelNumber(effectiveLevel(manual, automatic))).toBe(expected)
      }
    }
  })

  test('is read only from a rule of ours', () => {
    expect(alwaysOf(always('L3'))).toBe('L3')
    for (const rule of [undefined, {}, { if: [{ '==': [1, 1] }, 'L3'] }, { if: [true] }]) {
      expect(alwaysOf(rule)).toBeUndefined()
    }
  })
})

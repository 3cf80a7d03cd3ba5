import type { Specification } from '../../spec/schema/specification.ts'
import type { LintRule } from '../rule.ts'

type Levels = Specification['degradation']['levels']

export const ladder001: LintRule = {
  id: 'IV-LADDER-001',
  severity: 'error',
  title: 'No failure leads to a level that still needs what failed.',
  document:
    'Graceful Degradation Ladder: LLM failure leads to Level 2, which asks with the LLM conductor; ASR failure leads to Level 3, which has real-time speech.',
  resolution:
    'LLM failure leads to Level 3 (predefined questions), ASR failure to Level 4 (text), and failure of evaluation to Level 2 (people score).',
  why: 'An interview would step down and stand on the part that is broken. Level 2 gives up scoring, so scoring is what leads there.',
  formula: 'component of degradation.transitions.* ∉ what the level `to` needs',
  fix: 'lead to a level that does without the component',
  check({ degradation: { levels, transitions } }) {
    return Object.entries(transitions).flatMap(([name, { to, component }]) => {
      const needs = needsOf(levels[to])
      if (component === undefined || !needs.includes(component)) return []
      const { levelNumber, speech, questions } = levels[to]
      return [
        {
          path: `degradation.transitions.${name}.to`,
          message: `${component} ∈ {${needs.join(', ')}}: level ${levelNumber} (speech ${speech}, questions ${questions}) needs what failed`,
          actual: to,
          limit: `a level without ${component}`,
        },
      ]
    })
  },
}

function needsOf({ speech, questions, scoring }: Levels[keyof Levels]): string[] {
  return [
    ...(questions === 'llm' ? ['llm', 'conductor'] : []),
    ...(speech === 'realTime' ? ['asr', 'tts'] : []),
    ...(scoring === 'llm' ? ['evaluation'] : []),
  ]
}

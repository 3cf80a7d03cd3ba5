import type { LintRule } from '../rule.ts'

export const ladder002: LintRule = {
  id: 'IV-LADDER-002',
  severity: 'error',
  title: 'Ladder, trigger table and sequence diagram lead to the same level.',
  document:
    'LLM: the ladder says Level 2, the trigger table predefined questions (Level 3). ASR: the ladder says Level 3, the sequence diagram text mode (Level 4).',
  resolution: 'The ladder follows the other two: LLM failure to Level 3, ASR failure to Level 4.',
  why: 'Two answers to one failure mean that which part of the platform notices first decides what the candidate gets.',
  formula: 'degradation.transitions.*.to = degradation.triggers.*.level of the same component',
  fix: 'give both the same level',
  check({ degradation: { levels, transitions, triggers } }) {
    return Object.entries(transitions).flatMap(([name, { to, component }]) => {
      const others = Object.entries(triggers).filter(
        ([, trigger]) =>
          trigger.component === component && trigger.level !== undefined && trigger.level !== to,
      )
      const [first] = others
      const level = first?.[1].level
      if (level === undefined) return []
      const names = others.map(([trigger]) => trigger).join(', ')
      return [
        {
          path: `degradation.transitions.${name}.to`,
          message: `level ${levels[to].levelNumber} ≠ level ${levels[level].levelNumber}: the ladder says ${to}, ${names} says ${level}`,
          actual: to,
          limit: level,
        },
      ]
    })
  },
}

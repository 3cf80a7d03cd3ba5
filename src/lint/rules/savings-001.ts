import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const savings001: LintRule = {
  id: 'IV-SAVINGS-001',
  severity: 'error',
  title: 'Every saving says which cost it is taken of, so that savings multiply and are never added.',
  document:
    'Cost Optimization Strategies: reserved 30–50 %, spot 60–70 %, right-sizing 20–30 %, self-hosted speech 40–60 %, tiering 60–70 %, GPU sharing 20–30 %, of costs that overlap.',
  resolution:
    'costStrategies.*.appliesTo names pools or storage; two on the same cost multiply: reserved and right-sizing leave 0.5 × 0.7 = 35 % at best.',
  why: 'Added up, the table saves more than everything costs.',
  formula: 'costStrategies.*.appliesTo is set, or Σ highestPercent ≤ 100 %',
  fix: 'say what each strategy applies to (costStrategies.*.appliesTo)',
  check({ costStrategies }) {
    const rows = Object.entries(costStrategies)
    const unstated = rows.filter(([, { appliesTo }]) => appliesTo === undefined).map(([name]) => name)
    const sum = rows.reduce((total, [, { highestPercent }]) => total + highestPercent, 0)
    const [first] = unstated
    if (first === undefined || sum <= 100) return []
    const terms = rows.map(([, { highestPercent }]) => highestPercent).join(' + ')
    return [
      {
        path: `costStrategies.${first}.appliesTo`,
        message: `${terms} = ${number(sum)} % > 100 %: ${unstated.length} of ${rows.length} savings do not say of what`,
        actual: `${number(sum)} %`,
        limit: '100 %',
      },
    ]
  },
}

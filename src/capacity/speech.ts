import type { CapacityModel } from './horizon.ts'
import type { Demand } from './growth.ts'
import { planTotals } from './horizon.ts'
import { middle, type Range, sum } from './price-book.ts'

export interface SpeechComparison {
  /** Per month, in the middle and at the ends of the price range. */
  selfHosted: Range
  bought: Range
  /** Monthly interviews from which own workers are cheaper, in the middle of both ranges; null where never. */
  breakEvenMonthlyInterviews: number | null
}

/** Speech on own workers against speech bought by the minute, and the volume at which the two cost the same. */
export function compareSpeech(model: CapacityModel, demand: Demand): SpeechComparison {
  const at = (scale: number): { selfHosted: Range; bought: Range } => {
    const scaled = {
      ...demand,
      gpuNodes: undefined,
      monthlyInterviews: Math.ceil(demand.monthlyInterviews * scale),
      peakConcurrentInterviews: Math.ceil(demand.peakConcurrentInterviews * scale),
    }
    return {
      selfHosted: speechOf({ ...model, boughtSpeech: false }, scaled),
      bought: speechOf({ ...model, boughtSpeech: true }, scaled),
    }
  }
  const cheaper = (scale: number): boolean => {
    const { selfHosted, bought } = at(scale)
    return middle(selfHosted) <= middle(bought)
  }
  const scale = breakEven(cheaper)
  return {
    ...at(1),
    breakEvenMonthlyInterviews: scale === null ? null : Math.ceil(demand.monthlyInterviews * scale),
  }
}

/** Between a thousandth of the volume and 64 times it, to three digits. */
function breakEven(cheaper: (scale: number) => boolean): number | null {
  let low = 0.001
  if (cheaper(low)) return low
  let high = 1
  while (!cheaper(high)) {
    if (high >= 64) return null
    low = high
    high *= 2
  }
  while (high / low > 1.001) {
    const half = Math.sqrt(low * high)
    if (cheaper(half)) high = half
    else low = half
  }
  return high
}

function speechOf(model: CapacityModel, demand: Demand): Range {
  const { items } = planTotals(model, demand).cost
  return sum(items.filter(({ pool }) => pool === 'asr' || pool === 'tts').map(({ cost }) => cost))
}

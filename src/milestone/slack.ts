import { atMonth, atPeak, type Growth, growthOf } from '../capacity/growth.ts'
import { type Month, monthText, parseMonth } from '../capacity/month.ts'
import type { Milestone } from '../spec/schema/capacity.ts'
import type { Specification } from '../spec/schema/specification.ts'

/** Planned capacity beside projected demand. */
export interface Slack {
  /** Interviews at once that are planned before this milestone. */
  capacityBefore: number
  /** Month in which demand outgrows that, `2026-01`. */
  neededBy: string
  /** Days from the day it is due to the day it is needed: negative where it comes too late. */
  days: number
  /** Interviews at once that are expected when it is due; null where the growth table does not reach that far. */
  demandWhenDue: number | null
}

const daysPerMonth = 365.25 / 12

/**
 * Whether a milestone arrives before demand outgrows the one before it. Demand grows by the same factor every
 * month between two rows of the growth table. @returns undefined for milestones without capacity, and where the
 * table never outgrows what is there before.
 */
export function slackOf(specification: Specification, milestone: Milestone): Slack | undefined {
  const promised = milestone.concurrentInterviews
  const due = parseMonth(milestone.until)
  if (promised === undefined || due === undefined) return undefined
  const growth = growthOf(specification)
  const before = capacityBefore(specification, promised)
  const needed = outgrown(growth, before)
  if (needed === undefined) return undefined
  return {
    capacityBefore: before,
    neededBy: monthText(needed),
    days: Math.round((needed - due) * daysPerMonth),
    demandWhenDue: demandAt(growth, due),
  }
}

function capacityBefore({ milestones }: Specification, promised: number): number {
  const lower = Object.values(milestones)
    .map(({ concurrentInterviews = 0 }) => concurrentInterviews)
    .filter((capacity) => capacity < promised)
  return Math.max(0, ...lower)
}

function outgrown(growth: Growth, capacity: number): Month | undefined {
  const [first, last] = [growth[0], growth.at(-1)]
  if (!first || !last || last.peakConcurrentInterviews <= capacity) return undefined
  return first.peakConcurrentInterviews >= capacity ? first.month : atPeak(growth, capacity).month
}

function demandAt(growth: Growth, month: Month): number | null {
  const [first, last] = [growth[0], growth.at(-1)]
  if (!first || !last || month < first.month || month > last.month) return null
  return atMonth(growth, month).peakConcurrentInterviews
}

import type { CapacityData, HorizonData } from '../capacity/data.ts'
import { count, money, poolLabel } from './capacity-words.ts'
import type { Markup } from './html/markup.ts'
import { htmlTable } from './html/table.ts'

const right = 'right' as const

export function poolTable({ id, totals }: HorizonData): Markup {
  return htmlTable({
    caption: `Pools, ${id}`,
    columns: [
      { title: 'Pool' },
      ...['Floor', 'With the loss', 'Queue-aware', 'Instances'].map((title) => ({ title, align: right })),
    ],
    rows: totals.map(({ name, floor, surviveFloor, queueAware, instances }) => [
      poolLabel(name),
      ...[floor, surviveFloor, queueAware, instances].map(count),
    ]),
  })
}

export function costTable({ id, cost }: HorizonData): Markup {
  return htmlTable({
    caption: `Cost of a month, ${id}`,
    columns: [
      { title: 'Pool' },
      { title: 'Monthly', align: right },
      { title: 'After the strategies', align: right },
    ],
    rows: [
      ...cost.byPool.map(({ name, monthly, afterStrategies }) => [
        poolLabel(name),
        money(monthly, cost.currency),
        money(afterStrategies, cost.currency),
      ]),
      ['total', money(cost.monthly, cost.currency), money(cost.afterStrategies, cost.currency)],
      ['of it, used by nothing', money(cost.stranded, cost.currency), '-'],
    ],
  })
}

export function strategiesTable({ cost }: HorizonData): Markup {
  return htmlTable({
    caption: 'Strategies: percentages are multiplied, never added',
    columns: [{ title: 'Strategy' }, { title: 'Saves', align: right }, { title: 'Applies to' }],
    rows: cost.strategies.map(({ name, applies, to, lowestPercent, highestPercent }) => [
      name,
      applies ? `${lowestPercent} to ${highestPercent} %` : '-',
      applies ? to : `not applied, ${to}`,
    ]),
  })
}

export function limitsTable({ id, limits }: HorizonData): Markup {
  return htmlTable({
    caption: `What breaks first, ${id}`,
    columns: [
      { title: 'Limit' },
      { title: 'Wanted', align: right },
      { title: 'There is', align: right },
      { title: 'Use', align: right },
      { title: 'Reached at a peak of', align: right },
      { title: 'Id' },
    ],
    rows: limits.map(({ what, region, wanted, limit, use, reachedAtPeak, id: limitId }) => [
      region === null ? what : `${what} (${region})`,
      count(wanted),
      count(limit),
      `${Math.round(use * 100)} %`,
      count(reachedAtPeak),
      limitId,
    ]),
  })
}

export function alternativesTable({ alternatives, prices }: CapacityData): Markup {
  return htmlTable({
    caption: 'The same demand with other losses survived: what the quota allows first, then the cheapest',
    columns: [
      { title: 'Survives' },
      { title: 'Monthly', align: right },
      { title: 'After the strategies', align: right },
      { title: 'Headroom', align: right },
      { title: 'GPU nodes short', align: right },
      { title: 'Risk' },
    ],
    rows: alternatives.map(({ survive, monthly, afterStrategies, headroomPercent, gpuNodesShort, risk }) => [
      survive,
      money(monthly, prices.currency),
      money(afterStrategies, prices.currency),
      `${headroomPercent} %`,
      count(gpuNodesShort),
      risk,
    ]),
  })
}

export function modelsTable({ totals }: HorizonData): Markup {
  return htmlTable({
    caption: 'How each figure of a pool is made',
    columns: [{ title: 'Pool' }, { title: 'Floor' }, { title: 'Queue-aware' }, { title: 'Instances' }],
    rows: totals.map(({ name, models }) => [
      poolLabel(name),
      models.floor,
      models.queueAware,
      models.instances,
    ]),
  })
}

export function assumptionsTable({ assumptions }: CapacityData): Markup {
  return htmlTable({
    caption: 'Inputs; each can be changed with --set',
    columns: [{ title: 'Input' }, { title: 'Value', align: right }, { title: 'Source' }],
    rows: assumptions.map(({ name, value, unit, source }) => [
      name,
      `${count(value)} ${unit}`.trim(),
      source,
    ]),
  })
}

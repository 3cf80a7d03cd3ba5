import type { CapacityData, HorizonData } from '../capacity/data.ts'
import type { DatedHorizon, StorageMonth } from '../capacity/over-time.ts'
import { poolLabel, short, signed } from './capacity-words.ts'
import { barPlot } from './html/bars.ts'
import { linePlot, type LineSeries } from './html/lines.ts'
import type { Markup } from './html/markup.ts'
import { tornadoPlot } from './html/tornado.ts'

function timeAxis(rows: readonly DatedHorizon[]): { label: string; ticks: { at: number; label: string }[] } {
  return {
    label: 'month',
    ticks: rows.map(({ month, inputs }) => ({ at: month, label: inputs.date })),
  }
}

function over(rows: readonly DatedHorizon[], name: string, value: (row: DatedHorizon) => number): LineSeries {
  return { name, points: rows.map((row) => ({ x: row.month, y: value(row) })) }
}

export function growthPlot(rows: readonly DatedHorizon[]): Markup {
  return linePlot({
    id: 'growth',
    title: 'Growth',
    description:
      'Monthly interviews, concurrent interviews, GPU nodes and stored terabytes of every row of the growth table.',
    x: timeAxis(rows),
    y: { label: 'amount', log: true },
    series: [
      over(rows, 'monthly interviews', ({ inputs }) => inputs.monthlyInterviews),
      over(rows, 'concurrent interviews', ({ inputs }) => inputs.peakConcurrentInterviews),
      over(rows, 'stored TB', ({ storageTotal }) => Math.round(storageTotal.derivedTb)),
      over(rows, 'GPU nodes', ({ gpu }) => gpu.needed),
    ],
  })
}

export function poolsPlot(rows: readonly DatedHorizon[]): Markup {
  const names = rows[0]?.totals.map(({ name }) => name) ?? []
  return linePlot({
    id: 'pools',
    title: 'Pools over time',
    description: 'Instances of every pool, with headroom for start-up and the loss that is survived.',
    x: timeAxis(rows),
    y: { label: 'instances', log: true },
    series: names.map((name) =>
      over(rows, poolLabel(name), ({ totals }) => totals.find((row) => row.name === name)?.instances ?? 0),
    ),
  })
}

export function costPlot(rows: readonly DatedHorizon[]): Markup {
  const pools = [...new Set(rows.flatMap(({ cost }) => cost.byPool.map(({ name }) => name)))]
  const middle = (row: DatedHorizon, pool: string): number => {
    const found = row.cost.byPool.find(({ name }) => name === pool)?.monthly
    return found ? (found.low + found.high) / 2 : 0
  }
  return barPlot({
    id: 'cost',
    title: 'Cost by pool',
    description:
      'Cost of a month by pool, in the middle of the price range, for every row of the growth table.',
    value: { label: `${rows[0]?.cost.currency ?? ''} a month, middle of the range`, format: short },
    categoryLabel: 'Row',
    categories: rows.map(({ id }) => id),
    mode: 'stacked',
    series: pools.map((pool) => ({ name: poolLabel(pool), values: rows.map((row) => middle(row, pool)) })),
  })
}

export function sensitivityPlot({ sensitivity }: CapacityData, { id }: HorizonData): Markup {
  return tornadoPlot({
    id: 'sensitivity',
    title: `Sensitivity of the cost, ${id}`,
    description: 'Change of the monthly cost when one input alone is a fifth larger or a fifth smaller.',
    effect: { label: 'change of the monthly cost', format: (value) => `${signed(value, 1)} %` },
    changes: ['+20 %', '-20 %'],
    rows: sensitivity.slice(0, 12).map(({ input, up, down }) => ({
      name: input,
      up: up.monthlyPercent,
      down: down.monthlyPercent,
    })),
  })
}

export function storagePlot(months: readonly StorageMonth[]): Markup {
  const tiers = months[0]?.tiers.map(({ tier }) => tier) ?? []
  const years = months.filter((_, index) => index % 6 === 0)
  return linePlot({
    id: 'storage',
    title: 'Storage tiers over time',
    description: 'Terabytes of one copy in each tier, month by month, from retention and tiering by age.',
    x: {
      label: 'month',
      ticks: years.map(({ month, date }) => ({ at: month, label: date })),
      format: monthName(months),
    },
    y: { label: 'TB' },
    series: tiers.map((tier) => ({
      name: tier,
      points: months.map((row) => ({
        x: row.month,
        y: row.tiers.find((each) => each.tier === tier)?.tb ?? 0,
      })),
    })),
  })
}

function monthName(months: readonly StorageMonth[]): (value: number) => string {
  const known = new Map(months.map(({ month, date }) => [month, date]))
  return (value) => known.get(value) ?? String(value)
}

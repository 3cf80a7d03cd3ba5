import type { CapacityData, HorizonData } from '../capacity/data.ts'
import type { DatedHorizon, StorageMonth } from '../capacity/over-time.ts'
import { costPlot, growthPlot, poolsPlot, sensitivityPlot, storagePlot } from './capacity-plots.ts'
import {
  alternativesTable,
  assumptionsTable,
  costTable,
  limitsTable,
  modelsTable,
  poolTable,
  strategiesTable,
} from './capacity-tables.ts'
import { count, effectText, money } from './capacity-words.ts'
import type { Markup } from './html/markup.ts'
import { note, page, type Page } from './html/page.ts'

export interface CapacityPage {
  data: CapacityData
  /** Every row of the growth table, whichever horizons were asked for. */
  rows: readonly DatedHorizon[]
  storage: readonly StorageMonth[]
  environment: string
  configDigest: string
}

/** The plan as a page in one file. */
export function capacityPage({ data, rows, storage, environment, configDigest }: CapacityPage): string {
  const last = data.horizons.at(-1)
  if (!last) throw new Error('a plan has at least one horizon')
  return page({
    title: `Capacity plan: ${data.horizons.map(({ id }) => id).join(', ')}`,
    lead: `${data.regions} regions, survives ${last.survive === 'none' ? 'no loss' : `the loss of a ${last.survive}`}. What is needed, when, what it costs and what breaks first.`,
    facts: factsOf(last),
    sections: [
      { title: 'Verdict', body: verdict(data, last) },
      { title: 'Growth and pools', body: [growthPlot(rows), poolsPlot(rows), poolTable(last)] },
      { title: 'Cost', body: [costPlot(rows), costTable(last), strategiesTable(last)] },
      { title: 'What moves it most', body: [sensitivityPlot(data, last)] },
      { title: 'Storage', body: [storagePlot(storage)] },
      { title: 'Limits', body: [limitsTable(last)] },
      { title: 'Alternatives', body: [alternativesTable(data)] },
      { title: 'Models and assumptions', body: [modelsTable(last), assumptionsTable(data)] },
    ],
    footer: [
      `Environment ${environment}, configuration ${configDigest}.`,
      `Prices as of ${data.prices.asOf}, in ${data.prices.currency}; ${Math.round(last.cost.assumedShare * 100)} % of the total rests on assumed prices.`,
      'Worked out, not measured: every figure is of the models and assumptions above.',
    ],
  })
}

function factsOf({
  id,
  inputs,
  gpu,
  cost,
  bottleneck,
  storageTotal,
}: HorizonData): NonNullable<Page['facts']> {
  return [
    { name: 'Horizon', value: `${id} (${inputs.date})` },
    { name: 'Concurrent interviews', value: count(inputs.peakConcurrentInterviews) },
    { name: 'GPU nodes', value: `${count(gpu.needed)}${gpu.short > 0 ? `, short ${count(gpu.short)}` : ''}` },
    { name: 'Stored', value: `${count(Math.round(storageTotal.derivedTb))} TB` },
    { name: 'A month', value: money(cost.monthly, cost.currency) },
    { name: 'First bottleneck', value: bottleneck?.what ?? 'none' },
  ]
}

function verdict({ gates, sensitivity }: CapacityData, last: HorizonData): Markup[] {
  const [most] = sensitivity
  return [
    ...(gates.length === 0
      ? [note('The plan can be met.', 'good')]
      : gates.map(({ id, message }) => note(`${message} (gate ${id})`, 'bad'))),
    ...(most ? [note(`Most sensitive to ${most.input}: ${effectText(most)}.`)] : []),
    ...last.notes.map((text) => note(text)),
  ]
}

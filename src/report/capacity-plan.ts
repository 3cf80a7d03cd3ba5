import type { CapacityData, HorizonData } from '../capacity/data.ts'
import { horizonLines } from './capacity-horizon.ts'
import { noteLines, overview, overviewLines } from './capacity-overview.ts'
import { count, effectText, money, signed } from './capacity-words.ts'
import type { Writer } from './report.ts'
import { plainStyle, type Style } from './style.ts'
import { table } from './table.ts'
import { wrapped } from './wrap.ts'

export const capacityWriter: Writer<CapacityData> = {
  text: (data, style) => sections(data, style, false).join('\n'),
  wide: (data, style) => sections(data, style, true).join('\n'),
  markdown: (data) => markdown(data),
}

function sections(data: CapacityData, style: Style, wide: boolean): string[] {
  const [only] = data.horizons
  const head =
    data.horizons.length === 1 && only
      ? [...horizonLines(only, data.regions, style), '', ...noteLines(only, style)]
      : overviewLines(data, style)
  return [
    ...head,
    ...mostSensitive(data, { most: wide ? 12 : 1, style }),
    ...comparison(data, style),
    ...(wide ? details(data, style) : []),
    ...data.gates.flatMap(({ message, id }) =>
      wrapped(`  gate ${id}: ${message}`, style.width, 4).map((line) => style.bad(line)),
    ),
    ...data.files.map((file) => `  written: ${file}`),
    ...data.written.map(({ path, from, to }) => `  written: ${path} ${from ?? 'unlimited'} -> ${to}`),
  ]
}

const right = 'right' as const

function instancesOf({ totals }: HorizonData, name: string): number {
  return totals.find((row) => row.name === name)?.instances ?? 0
}

function mostSensitive(
  { sensitivity }: CapacityData,
  { most, style }: { most: number; style: Style },
): string[] {
  return sensitivity.slice(0, most).flatMap((row, index) => {
    const label = index === 0 ? '  most sensitive    ' : ' '.repeat(20)
    return wrapped(`${label}${row.input}  ${effectText(row)}`, style.width, 20)
  })
}

function comparison({ comparison: pair }: CapacityData, style: Style): string[] {
  const [left, right_] = pair ?? []
  if (!left || !right_) return []
  const rows = left.totals.map(({ name, instances }) => ({
    what: name as string,
    left: instances,
    right: instancesOf(right_, name),
  }))
  const all = [
    ...rows,
    { what: 'GPU nodes', left: left.gpu.needed, right: right_.gpu.needed },
    {
      what: 'monthly, low',
      left: Math.round(left.cost.monthly.low),
      right: Math.round(right_.cost.monthly.low),
    },
    {
      what: 'monthly, high',
      left: Math.round(left.cost.monthly.high),
      right: Math.round(right_.cost.monthly.high),
    },
  ]
  const name = ({ id, survive }: HorizonData): string => `${id}/${survive}`
  return [
    '',
    table(
      all,
      [
        { title: 'INSTANCES', value: ({ what }) => what },
        { title: name(left), align: right, value: (row) => count(row.left) },
        { title: name(right_), align: right, value: (row) => count(row.right) },
        { title: 'CHANGE', align: right, value: (row) => signed(row.right - row.left) },
      ],
      style,
    ),
  ]
}

/** For `wide`: everything that stands behind the figures. */
function details(data: CapacityData, style: Style): string[] {
  const { currency } = data.prices
  const last = data.horizons.at(-1)
  if (!last) return []
  return [
    '',
    ...last.totals.map(
      ({ name, models }) => `  ${name}: ${models.floor}; ${models.queueAware}; ${models.instances}`,
    ),
    '',
    table(
      last.cost.byPool,
      [
        { title: 'COST POOL', value: ({ name }) => name },
        { title: 'MONTHLY', align: right, value: ({ monthly }) => money(monthly, currency) },
        {
          title: 'AFTER STRATEGIES',
          align: right,
          value: ({ afterStrategies }) => money(afterStrategies, currency),
        },
      ],
      style,
    ),
    ...last.cost.strategies.map(
      ({ name, applies, to, lowestPercent, highestPercent }) =>
        `  ${name}: ${applies ? `${lowestPercent} to ${highestPercent} % off` : 'not applied,'} ${to}`,
    ),
    speechText(data),
    '',
    table(
      data.alternatives,
      [
        { title: 'ALTERNATIVE', value: ({ survive }) => `survive ${survive}` },
        { title: 'MONTHLY', align: right, value: ({ monthly }) => money(monthly, currency) },
        { title: 'HEADROOM', align: right, value: ({ headroomPercent }) => `${headroomPercent} %` },
        { title: 'GPU SHORT', align: right, value: ({ gpuNodesShort }) => count(gpuNodesShort) },
        { title: 'RISK', value: ({ risk }) => risk },
      ],
      style,
    ),
    '',
    ...data.assumptions.map(
      ({ name, value, unit, source }) => `  ${name} = ${count(value)} ${unit}  (${source})`,
    ),
    `  prices as of ${data.prices.asOf}, in ${currency}`,
  ]
}

function speechText({ speech, prices }: CapacityData): string {
  const own = money(speech.selfHosted, prices.currency)
  const even = speech.breakEvenMonthlyInterviews
  return `  speech: ${own} on own workers, ${money(speech.bought, prices.currency)} bought; own workers pay ${even === null ? 'never' : `from ${count(even)} interviews a month`}`
}

function markdown(data: CapacityData): string {
  const head = `| ${overview.map(({ title }) => title).join(' | ')} |\n|${overview.map(({ align }) => (align ? '---:' : '---')).join('|')}|`
  const rows = data.horizons.map((row) => `| ${overview.map(({ value }) => value(row)).join(' | ')} |`)
  const remarks = data.horizons.flatMap(({ id, notes: texts }) => texts.map((text) => `- ${id}: ${text}`))
  const gates = data.gates.map(({ id, message }) => `- **${id}**: ${message}`)
  return [head, ...rows, '', ...remarks, ...gates, '', '```', ...details(data, plainStyle), '```'].join('\n')
}

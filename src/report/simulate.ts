import type { RunData, SimulationData } from '../simulate/data.ts'
import type { Verdict } from '../simulate/criteria/judge.ts'
import { clockText, timeText, valueText } from '../simulate/value-text.ts'
import type { Writer } from './report.ts'
import { plainStyle, type Style } from './style.ts'
import { type Column, table } from './table.ts'

export const simulateWriter: Writer<SimulationData> = {
  text: (data, style) => sections(data, style, false).join('\n'),
  wide: (data, style) => sections(data, style, true).join('\n'),
  markdown,
}

const words: Readonly<Record<Verdict, string>> = { pass: 'PASS', fail: 'MISSED', unknown: 'UNKNOWN' }
const right = 'right' as const
const shownRows = 12

function sections(data: SimulationData, style: Style, wide: boolean): string[] {
  const { run } = data
  return [
    ...head(data, style),
    '',
    table(criteriaRows(run), criteriaColumns, style),
    '',
    ...checks(run, style),
    ...(data.seeds.length > 1 ? ['', ...seedLines(data, style)] : []),
    ...(data.comparison ? ['', ...compared(data.comparison, style)] : []),
    '',
    table(
      wide ? timesOf(run) : timesOf(run).filter(({ name }) => !/^(medium|low)-wait|recording/.test(name)),
      timeColumns,
      style,
    ),
    '',
    ...levelLines(run),
    '',
    ...timelineLines(run, wide),
    ...(wide ? ['', ...details(data, style)] : []),
  ]
}

function head({ scenario, title, source, platform, verdict, run }: SimulationData, style: Style): string[] {
  const paint = verdict === 'pass' ? style.good : verdict === 'fail' ? style.bad : style.warn
  return [
    `${style.bold(scenario)}  ${title}  seed ${run.seed}  VERDICT  ${paint(words[verdict])}`,
    `  simulated: ${timeText(run.virtualMs)} of virtual time, ${run.interviews.toLocaleString('en-US')} interviews, ${run.events.toLocaleString('en-US')} events; ${platform}`,
    style.dim(`  ${source}`),
    ...(run.abortedBy === null
      ? []
      : [style.bad(`  stopped at ${clockText(run.virtualMs)}: ${run.abortedBy}`)]),
  ]
}

interface CriterionRow {
  text: string
  target: string
  actual: string
  samples: string
  verdict: Verdict
}

function criteriaRows({ criteria }: RunData): CriterionRow[] {
  return criteria.map((one) => ({
    text: one.text,
    target: one.target,
    actual: valueText(one),
    samples:
      one.samples < one.minimumSamples
        ? `${one.samples} of ${one.minimumSamples}`
        : one.samples.toLocaleString('en-US'),
    verdict: one.verdict,
  }))
}

function painted({ verdict }: { verdict: Verdict }, style: Style) {
  return verdict === 'pass' ? style.good : verdict === 'fail' ? style.bad : style.warn
}

const criteriaColumns: readonly Column<CriterionRow>[] = [
  { title: 'CRITERION', value: ({ text }) => text },
  { title: 'TARGET', align: right, value: ({ target }) => target },
  { title: 'MEASURED', align: right, value: ({ actual }) => actual },
  { title: 'SAMPLES', align: right, value: ({ samples }) => samples },
  { title: 'VERDICT', value: ({ verdict }) => words[verdict], paint: painted },
]

function checks({ safety, liveness }: RunData, style: Style): string[] {
  const bad = safety.filter(({ verdict }) => verdict !== 'pass')
  const late = liveness.filter(({ verdict }) => verdict !== 'pass')
  const slowest = Math.max(0, ...liveness.map(({ afterMs }) => afterMs ?? 0))
  return [
    `  safety    ${safety.length - bad.length} of ${safety.length} hold`,
    ...bad.map((one) => {
      const first = one.first ? `, first at ${clockText(one.first.atMs)}: ${one.first.text}` : ''
      const times = one.violations > 0 ? ` ${one.violations} times` : ''
      return painted(
        one,
        style,
      )(`            ${words[one.verdict]} ${one.check}${times}: ${one.meaning}${first}`)
    }),
    liveness.length === 0
      ? '  liveness  nothing to come back from: no faults'
      : `  liveness  ${liveness.length - late.length} of ${liveness.length} within ${timeText(liveness[0]?.limitMs ?? 0)} of the last fault, slowest ${timeText(slowest)}`,
    ...late.map((one) =>
      painted(
        one,
        style,
      )(
        `            ${words[one.verdict]} ${one.check}: ${one.meaning}, ${one.afterMs === null ? 'not by the end' : `after ${timeText(one.afterMs)}`}`,
      ),
    ),
  ]
}

function seedLines({ seeds }: SimulationData, style: Style): string[] {
  const count = (verdict: Verdict): number => seeds.filter((row) => row.verdict === verdict).length
  const bad = seeds.filter((row) => row.verdict !== 'pass')
  return [
    `  seeds     ${count('pass')} pass, ${count('fail')} missed, ${count('unknown')} unknown of ${seeds.length}; shown is the first of the worst`,
    ...bad
      .slice(0, shownRows)
      .map((row) => painted(row, style)(`            seed ${row.seed}: ${row.failed.join(', ')}`)),
    ...(bad.length > shownRows ? [`            and ${bad.length - shownRows} more`] : []),
  ]
}

function compared(
  { left, right: other, rows }: NonNullable<SimulationData['comparison']>,
  style: Style,
): string[] {
  const value = (side: { actual: string; verdict: Verdict }): string =>
    `${side.actual} ${words[side.verdict]}`
  return [
    table(
      rows,
      [
        { title: 'COMPARED', value: ({ what }) => what },
        { title: left, align: right, value: (row) => value(row.left) },
        { title: other, align: right, value: (row) => value(row.right) },
        { title: 'BECAUSE', value: ({ explainedBy }) => explainedBy.join(' ') },
      ],
      style,
    ),
  ]
}

function timesOf({ percentiles, mouthToEar }: RunData): RunData['percentiles'] {
  const [first, ...others] = percentiles.filter(({ samples, endless }) => samples + endless > 0)
  if (first?.name !== 'mouth-to-ear')
    return percentiles.filter(({ samples, endless }) => samples + endless > 0)
  return [
    first,
    ...mouthToEar.filter(({ max }) => (max ?? 0) > 0).map((part) => ({ ...part, name: `- ${part.name}` })),
    ...others,
  ]
}

const time = (ms: number | null): string => (ms === null ? '-' : timeText(ms))

const timeColumns: readonly Column<RunData['percentiles'][number]>[] = [
  { title: 'TIME', value: ({ name }) => name },
  { title: 'P50', align: right, value: ({ p50 }) => time(p50) },
  { title: 'P90', align: right, value: ({ p90 }) => time(p90) },
  { title: 'P99', align: right, value: ({ p99 }) => time(p99) },
  {
    title: 'MAX',
    align: right,
    value: ({ max, endless }) => (endless > 0 ? `never (${endless})` : time(max)),
  },
  { title: 'SAMPLES', align: right, value: ({ samples }) => samples.toLocaleString('en-US') },
]

function levelLines({ levels }: RunData): string[] {
  const used = levels.filter(({ turns }) => turns > 0)
  return [
    `  levels    ${used.map(({ level, title, percent }) => `${level} ${title} ${percent.toFixed(percent > 99 ? 2 : 1)} %`).join(', ') || 'no turn was taken'}`,
  ]
}

function timelineLines({ timeline }: RunData, wide: boolean): string[] {
  const scalings = timeline.filter(({ what }) => what === 'scale')
  const rows = wide ? timeline : timeline.filter(({ what }) => what !== 'scale')
  const line = ({ at, region, what, text }: RunData['timeline'][number]): string =>
    `  ${clockText(at).padStart(6)}  ${what.padEnd(9)} ${region === null ? '' : `${region} `}${text}`
  return [
    ...rows.map(line),
    ...(wide || scalings.length === 0 ? [] : [`  ${scalings.length} scaling decisions; -o wide lists them`]),
  ]
}

function details({ run, assumptions }: SimulationData, style: Style): string[] {
  return [
    table(
      [
        ...run.shares.map(({ name, percent, samples }) => ({
          name,
          value: percent === null ? '-' : `${percent.toFixed(2)} %`,
          samples,
        })),
        ...run.counts.map(({ name, count, samples }) => ({
          name,
          value: count.toLocaleString('en-US'),
          samples,
        })),
      ],
      [
        { title: 'FIGURE', value: ({ name }) => name },
        { title: 'VALUE', align: right, value: ({ value }) => value },
        { title: 'SAMPLES', align: right, value: ({ samples }) => samples.toLocaleString('en-US') },
      ],
      style,
    ),
    '',
    ...assumptions.map(({ name, value, unit, source }) => `  ${name} = ${value} ${unit}  (${source})`),
    `  event log sha256 ${run.digest}`,
  ]
}

function markdown(data: SimulationData): string {
  const { run } = data
  const rows = criteriaRows(run).map(
    (row) => `| ${row.text} | ${row.target} | ${row.actual} | ${row.samples} | ${words[row.verdict]} |`,
  )
  return [
    `## ${data.scenario}: ${words[data.verdict]}`,
    '',
    '| Criterion | Target | Measured | Samples | Verdict |',
    '|---|---:|---:|---:|---|',
    ...rows,
    '',
    '```',
    ...sections(data, plainStyle, false),
    '```',
  ].join('\n')
}

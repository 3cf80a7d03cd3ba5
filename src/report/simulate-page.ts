import type { RunData, SimulationData } from '../simulate/data.ts'
import type { Sample } from '../simulate/model/history.ts'
import { clockText, timeText, valueText } from '../simulate/value-text.ts'
import type { Tone } from './html/figure.ts'
import { linePlot, type LinePlot } from './html/lines.ts'
import type { Markup } from './html/markup.ts'
import { note, page } from './html/page.ts'
import { htmlTable } from './html/table.ts'

const words = { pass: 'PASS', fail: 'MISSED', unknown: 'UNKNOWN' } as const
const tones = { pass: 'good', fail: 'bad', unknown: 'warn' } as const
/** Points of a line: more than that nobody sees. */
const mostPoints = 240

/** A run as a page with plots. The same data gives the same bytes. */
export function simulatePage(data: SimulationData): string {
  const { run } = data
  return page({
    title: `${data.scenario}: ${words[data.verdict]}`,
    lead: `${data.title}, simulated in virtual time with seed ${run.seed}. ${data.source}.`,
    facts: [
      { name: 'Verdict', value: words[data.verdict] },
      { name: 'Interviews', value: run.interviews.toLocaleString('en-US') },
      { name: 'Virtual time', value: timeText(run.virtualMs) },
      { name: 'Events', value: run.events.toLocaleString('en-US') },
    ],
    sections: [
      { title: 'Criteria', body: criteria(data) },
      { title: 'Safety and liveness', body: checks(run) },
      { title: 'Load and capacity', body: plots(run) },
      { title: 'Times', body: [times(run)] },
      { title: 'Levels of the degradation ladder', body: [levels(run)] },
      { title: 'What happened when', body: [timeline(run)] },
      ...(data.comparison ? [{ title: 'Comparison', body: [comparison(data.comparison)] }] : []),
      { title: 'Assumptions', body: [assumed(data)] },
    ],
    footer: [
      'Everything on this page is simulated: no platform was touched.',
      `SHA-256 of the event log: ${run.digest}`,
    ],
  })
}

function criteria({ run, seeds }: SimulationData): Markup[] {
  const failing = seeds.filter(({ verdict }) => verdict !== 'pass').length
  return [
    ...(seeds.length > 1
      ? [
          note(
            `${seeds.length - failing} of ${seeds.length} seeds pass. The run shown is the first of the worst.`,
          ),
        ]
      : []),
    htmlTable({
      columns: ['Criterion', 'Target', 'Measured', 'Samples', 'Verdict'].map((title) => ({ title })),
      rows: run.criteria.map((one) => [
        one.text,
        one.target,
        valueText(one),
        String(one.samples),
        words[one.verdict],
      ]),
    }),
  ]
}

function checks({ safety, liveness }: RunData): Markup[] {
  return [
    ...safety
      .filter(({ verdict }) => verdict !== 'pass')
      .map((one) => note(`${one.check}: ${one.first?.text ?? one.meaning}`, tones[one.verdict])),
    htmlTable({
      columns: ['Safety', 'Meaning', 'Violations', 'Verdict'].map((title) => ({ title })),
      rows: safety.map((one) => [one.check, one.meaning, String(one.violations), words[one.verdict]]),
    }),
    ...(liveness.length === 0
      ? []
      : [
          htmlTable({
            columns: ['Liveness', 'Meaning', 'After', 'Limit', 'Verdict'].map((title) => ({ title })),
            rows: liveness.map((one) => [
              one.check,
              one.meaning,
              one.afterMs === null ? 'never' : timeText(one.afterMs),
              timeText(one.limitMs),
              words[one.verdict],
            ]),
          }),
        ]),
  ]
}

interface Plotted {
  id: string
  title: string
  unit: string
  description: string
  series: readonly { name: string; value: (sample: Sample) => number; step?: boolean }[]
}

const plotted: readonly Plotted[] = [
  {
    id: 'interviews',
    title: 'Interviews',
    unit: 'interviews',
    description:
      'Interviews on a server beside those that the ramp asks for, and those below full capability',
    series: [
      { name: 'on a server', value: ({ interviews }) => interviews },
      { name: 'asked for', value: ({ target }) => target },
      { name: 'below level 1', value: ({ lowered }) => lowered },
      { name: 'interrupted', value: ({ interrupted }) => interrupted },
    ],
  },
  {
    id: 'instances',
    title: 'Instances that serve',
    unit: 'instances',
    description: 'Ready instances of each pool, over all regions',
    series: [
      { name: 'SFU servers', value: ({ servers }) => servers, step: true },
      { name: 'ASR workers', value: ({ asr }) => asr, step: true },
      { name: 'TTS workers', value: ({ tts }) => tts, step: true },
      { name: 'GPU nodes', value: ({ llm }) => llm, step: true },
    ],
  },
  {
    id: 'queues',
    title: 'Who waits',
    unit: 'waiting',
    description: 'Interviews that wait for a recogniser, and requests that wait for a GPU',
    series: [
      { name: 'for ASR', value: ({ asrPending }) => asrPending },
      { name: 'for a GPU', value: ({ llmWaiting }) => llmWaiting },
    ],
  },
  {
    id: 'gpus',
    title: 'GPU utilization',
    unit: '%',
    description: 'Part of all places on running batches that are taken',
    series: [{ name: 'GPUs', value: ({ gpuUtilization }) => gpuUtilization * 100 }],
  },
]

function plots({ samples, timeline }: RunData): Markup[] {
  const every = Math.max(1, Math.ceil(samples.length / mostPoints))
  const shown = samples.filter((_, index) => index % every === 0)
  const events = timeline
    .filter(({ what }) => what === 'fault' || what === 'healed' || what === 'dns')
    .map(({ at, what, text }): NonNullable<LinePlot['events']>[number] => ({
      name: `${what} ${text}`,
      x: at / 60_000,
      tone: toneOf(what),
    }))
  return plotted.map(({ id, title, unit, description, series }) =>
    linePlot({
      id,
      title,
      description,
      x: { label: 'Virtual time, minutes' },
      y: { label: unit },
      events,
      series: series.map(({ name, value, step }) => ({
        name,
        ...(step === true ? { step } : {}),
        points: shown.map((sample) => ({ x: sample.at / 60_000, y: value(sample) })),
      })),
    }),
  )
}

function toneOf(what: string): Tone {
  if (what === 'fault') return 'bad'
  return what === 'healed' ? 'good' : 'neutral'
}

function times({ percentiles, mouthToEar }: RunData): Markup {
  const text = (ms: number | null): string => (ms === null ? '-' : timeText(ms))
  const rows = [
    ...percentiles,
    ...mouthToEar.map((part) => ({ ...part, name: `mouth to ear: ${part.name}` })),
  ]
  return htmlTable({
    columns: ['Time', 'p50', 'p90', 'p99', 'Largest', 'Samples', 'Never'].map((title) => ({ title })),
    rows: rows
      .filter(({ samples, endless }) => samples + endless > 0)
      .map((one) => [
        one.name,
        text(one.p50),
        text(one.p90),
        text(one.p99),
        text(one.max),
        String(one.samples),
        String(one.endless),
      ]),
  })
}

function levels(run: RunData): Markup {
  return htmlTable({
    columns: ['Level', 'What the candidate gets', 'Turns', 'Share'].map((title) => ({ title })),
    rows: run.levels.map(({ level, title, turns, percent }) => [
      String(level),
      title,
      String(turns),
      `${percent.toFixed(2)} %`,
    ]),
  })
}

function timeline(run: RunData): Markup {
  return htmlTable({
    columns: ['At', 'What', 'Where', 'Text'].map((title) => ({ title })),
    rows: run.timeline.map(({ at, what, region, text }) => [
      clockText(at),
      what,
      region ?? 'everywhere',
      text,
    ]),
  })
}

function comparison({ left, right, rows }: NonNullable<SimulationData['comparison']>): Markup {
  return htmlTable({
    columns: ['Compared', left, right, 'Because'].map((title) => ({ title })),
    rows: rows.map((row) => [
      row.what,
      `${row.left.actual} ${words[row.left.verdict]}`,
      `${row.right.actual} ${words[row.right.verdict]}`,
      row.explainedBy.join(' '),
    ]),
  })
}

function assumed({ assumptions }: SimulationData): Markup {
  return htmlTable({
    columns: ['Number', 'Value', 'Source'].map((title) => ({ title })),
    rows: assumptions.map(({ name, value, unit, source }) => [name, `${value} ${unit}`, source]),
  })
}

import { barPlot } from '../../../src/report/html/bars.ts'
import { heatStrip } from '../../../src/report/html/heat-strip.ts'
import { linePlot } from '../../../src/report/html/lines.ts'
import { note, page } from '../../../src/report/html/page.ts'
import { htmlTable } from '../../../src/report/html/table.ts'
import { timelinePlot } from '../../../src/report/html/timeline.ts'
import { tornadoPlot } from '../../../src/report/html/tornado.ts'

const hostile = `<script>alert(1)</script> & "quoted" 'text' \u0007`
const seconds = (value: number): string => `${value} s`
const minutes = Array.from({ length: 61 }, (_, minute) => minute)

const lines = linePlot({
  id: 'lines',
  title: 'Sessions and servers over an hour',
  description: 'Sessions rise to 900 and fall again; servers follow in steps.',
  x: { label: 'minute' },
  y: { label: 'count' },
  series: [
    {
      name: 'sessions',
      points: minutes.map((x) => ({
        x,
        y: 900 * Math.sin((x / 60) * Math.PI),
        low: 700 * Math.sin((x / 60) * Math.PI),
        high: 1000 * Math.sin((x / 60) * Math.PI),
      })),
    },
    { name: 'servers', step: true, points: minutes.map((x) => ({ x, y: 200 + 100 * Math.floor(x / 10) })) },
    { name: hostile, points: minutes.map((x) => ({ x, y: x > 20 && x < 30 ? null : 10 * x })) },
  ],
  limits: [{ name: 'cap', y: 850, tone: 'bad' }],
  events: [
    { name: 'a fault is injected', x: 20 },
    { name: 'close behind', x: 20.5 },
    { name: 'the fault is reverted', x: 60, tone: 'good' },
  ],
})

const log = linePlot({
  id: 'log',
  title: 'Growth',
  description: 'Four quantities on one logarithmic axis.',
  x: {
    label: 'date',
    ticks: ['2025-07', '2026-07', '2027-07', '2028-07'].map((label, at) => ({ at, label })),
  },
  y: { label: 'amount', log: true },
  series: ['interviews', 'peak', 'TB', 'GPU nodes'].map((name, index) => ({
    name,
    points: [1, 10, 50, 100].map((factor, x) => ({ x, y: (factor * 10_000) / 10 ** index })),
  })),
})

const bars = (mode: 'stacked' | 'grouped') =>
  barPlot({
    id: mode,
    title: `Cost by pool, ${mode}`,
    description: 'Five pools in three years.',
    value: { label: 'USD a month', format: (value) => `${Math.round(value / 1000)} k` },
    categoryLabel: 'Horizon',
    categories: ['current', 'y1', 'a horizon with a name that is far too long to be written out in full'],
    mode,
    series: ['sfu', 'asr', 'tts', 'llm', 'evaluation', 'api', 'storage', 'network', hostile].map(
      (name, index) => ({
        name,
        values: [1000 * index, 20_000 + index, 50_000 * (index % 3)],
      }),
    ),
  })

const tornado = tornadoPlot({
  id: 'tornado',
  title: 'What moves the cost most',
  description: 'Effect of a fifth more, and a fifth less, of each input alone.',
  effect: { label: 'change of the monthly cost, %', format: (value) => `${value > 0 ? '+' : ''}${value} %` },
  changes: ['+20 %', '-20 %'],
  rows: [
    { name: 'interviewsPerGpuNode', up: -12.3, down: 18.9 },
    { name: 'prices.nodes.gpu-8', up: 15, down: -15 },
    { name: 'both on one side', up: 4, down: 2.5 },
    { name: hostile, up: 0, down: -0.2 },
  ],
})

const waterfall = timelinePlot({
  id: 'waterfall',
  title: 'Recovery time',
  description: 'Five stages, one after another, against an objective of two minutes.',
  time: { label: 'seconds after the fault', format: seconds },
  laneLabel: 'Stage',
  lanes: [
    { name: 'detect', spans: [{ from: 0, until: 15, label: '15 s' }] },
    { name: 'decide', spans: [{ from: 15, until: 18, label: '3 s' }] },
    { name: 'DNS', spans: [{ from: 18, until: 60, label: 'DNS answers change, 42 s' }] },
    { name: 'rejoin', spans: [{ from: 60, until: 91, label: '31 s', tone: 'warn' }] },
    {
      name: 'first word',
      spans: [{ from: 91, until: 118, label: 'the candidate hears the interviewer again' }],
    },
    {
      name: hostile,
      spans: [
        { from: 0, until: 0.2, label: 'short one beside' },
        { from: 5, until: 9, label: 'no room' },
        { from: 10, until: 60, tone: 'bad', label: 'bad' },
      ],
    },
  ],
  limits: [{ name: 'objective', at: 120, tone: 'bad' }],
})

const heat = heatStrip({
  id: 'heat',
  title: 'Load of each server',
  description: 'Share of the cap of 80 sessions, minute by minute.',
  x: { label: 'minute', ticks: [0, 10, 20, 30].map((at) => ({ at, label: `${at}` })) },
  value: { label: 'load', format: (value) => `${Math.round(value * 100)} %`, range: [0, 1] },
  rowLabel: 'Server',
  rows: Array.from({ length: 5 }, (_, row) => ({
    name: `sfu-${row}`,
    values: Array.from({ length: 36 }, (__, column) =>
      row === 3 && column > 20 ? null : ((row * 7 + column * 3) % 40) / 40,
    ),
  })),
})

/** A page with every plot, and with text that would break a page which does not escape it. */
export function samplePage(): string {
  return page({
    title: `Sample ${hostile}`,
    lead: 'Every plot once, with names that are too long and with markup in them.',
    facts: [
      { name: 'verdict', value: 'missed' },
      { name: 'measured', value: '1 min 58 s' },
      { name: hostile, value: hostile },
    ],
    sections: [
      {
        title: 'Lines',
        body: [note('A limit was passed.', 'bad'), note('All else held.', 'good'), lines, log],
      },
      { title: 'Bars', body: [bars('stacked'), bars('grouped'), tornado] },
      { title: 'Time', body: [waterfall, heat] },
      {
        title: 'Table',
        body: [
          htmlTable({
            columns: [{ title: 'Name' }, { title: 'Value', align: 'right' }, { title: 'Why' }],
            rows: [
              ['one', '1,000', 'a reason that takes a whole line of text, and then a little more of it'],
              [hostile, '-', hostile],
            ],
          }),
        ],
      },
    ],
    footer: ['Simulated. Seed 42.'],
  })
}

import { Duration } from '../units/duration.ts'
import type { Writer } from '../report/report.ts'
import type { Style } from '../report/style.ts'
import { type Column, table } from '../report/table.ts'
import type { DefinitionRecord } from './record.ts'
import type { ComponentStatus, LocalData } from './status.ts'

interface Row extends ComponentStatus {
  region: string
}

export const localWriter: Writer<LocalData> = {
  text: (data, style) => {
    if (data.state === 'absent') return 'no sandbox in this project; iv local up makes one'
    return [
      summary(data, style),
      '',
      table(rowsOf(data), columns, style),
      '',
      `start-up times ÷ ${data.timeScale}: ${startups(data)}`,
      `simulated: ${data.simulated.join('; ')}`,
      ...definitionLines(data, style),
      `kubectl --kubeconfig ${data.kubeconfig} --context ${data.regions[0]?.context ?? ''} get nodes`,
    ].join('\n')
  },
  markdown: (data) =>
    [
      `Sandbox ${data.state}, time scale ${data.timeScale ?? '-'}, ${megabytes(data.memoryBytes)}.`,
      '',
      '| region | component | state | pid | port | memory |',
      '|---|---|---|---:|---:|---:|',
      ...rowsOf(data).map(
        (row) =>
          `| ${row.region} | ${row.name} | ${row.state} | ${row.pid ?? '-'} | ${row.port} | ${memory(row)} |`,
      ),
    ].join('\n'),
}

/** How many custom kinds there are and from where; every stub by name, for what it accepts proves nothing. */
function definitionLines({ regions }: LocalData, style: Style): string[] {
  const all = new Map(regions.flatMap(({ definitions }) => definitions).map((each) => [each.name, each]))
  if (all.size === 0) return []
  const bySource = [...Map.groupBy(all.values(), ({ source }) => source)]
  const counts = bySource.map(([source, { length }]) => `${length} from ${sourceWords[source]}`)
  const stubs = [...all.values()].filter(({ source }) => source === 'stub')
  const names = stubs.map(({ kind, component }) => `${kind} (${component})`)
  return [
    `custom kinds: ${all.size}, ${counts.join(', ')}`,
    ...(stubs.length === 0 ? [] : [style.warn(`stubs, which accept anything: ${names.join(', ')}`)]),
  ]
}

const sourceWords: Readonly<Record<DefinitionRecord['source'], string>> = {
  directory: 'the folder of definitions',
  module: 'Go modules',
  stub: 'stubs',
  cluster: 'elsewhere',
}

const columns: readonly Column<Row>[] = [
  { title: 'REGION', value: (row) => row.region },
  { title: 'COMPONENT', value: (row) => row.name },
  { title: 'STATE', value: (row) => row.state, paint: (row, style) => paintState(row.state, style) },
  { title: 'PID', value: (row) => String(row.pid ?? '-'), align: 'right' },
  { title: 'PORT', value: (row) => String(row.port), align: 'right' },
  { title: 'MEMORY', value: memory, align: 'right' },
]

function summary(data: LocalData, style: Style): string {
  const state = paintState(data.state, style)(data.state)
  const used = data.memoryBytes > 0 ? `, ${megabytes(data.memoryBytes)} in all` : ''
  const hint = data.state === 'running' ? '' : '; iv local up starts what does not run'
  return `sandbox ${state}, time scale ${data.timeScale}${used}${hint}`
}

function rowsOf(data: LocalData): Row[] {
  return [
    ...data.shared.map((component) => ({ ...component, region: '(all)' })),
    ...data.regions.flatMap(({ name, components }) =>
      components.map((component) => ({ ...component, region: name })),
    ),
  ]
}

function startups({ startups: all }: LocalData): string {
  return all.map(({ pool, simulatedMs }) => `${pool} ${Duration.ms(simulatedMs).toString()}`).join(', ')
}

function paintState(state: string, style: Style): (text: string) => string {
  if (state === 'running') return (text) => style.good(text)
  return state === 'stopped' ? (text) => style.dim(text) : (text) => style.bad(text)
}

function memory({ rssBytes }: ComponentStatus): string {
  return rssBytes === null ? '-' : megabytes(rssBytes)
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}

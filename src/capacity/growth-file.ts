import { Failure, type Finding } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { readSource, type SourceFile } from '../spec/source/file.ts'
import { parseYaml } from '../spec/source/yaml.ts'
import { isTree } from '../spec/tree.ts'
import type { Paths } from '../paths.ts'
import { type Column, readAmount } from './amount.ts'
import { parseCsv } from './csv.ts'
import type { Growth, GrowthRow } from './growth.ts'
import { monthText, parseMonth } from './month.ts'

const required = ['date', 'monthlyInterviews', 'peakConcurrentInterviews'] as const
const optional = ['id', 'storageTerabytes', 'gpuNodes'] as const
const columns: readonly string[] = [...required, ...optional]

/** One row as the file has it, and where each of its values stands. */
interface RawRow {
  values: Readonly<Record<string, unknown>>
  placeOf: (column: string) => string
}

/**
 * Reads a growth table: CSV with a header, or a YAML list of maps, with the columns `date`, `monthlyInterviews`,
 * `peakConcurrentInterviews` and, if wanted, `id`, `storageTerabytes` and `gpuNodes`. Rows go forward in time.
 * @throws {Failure} USAGE with the place of everything that is wrong.
 */
export async function readGrowth(file: string, paths: Paths): Promise<Growth> {
  const source = await readSource(file, paths)
  if (!source) throw new Failure('USAGE', `${file} does not exist`)
  const raw = /\.csv$/i.test(source.name) ? csvRows(source) : yamlRows(source)
  const findings: Finding[] = []
  const rows = raw.map((row) => readRow(row, findings))
  findings.push(...order(rows, raw))
  refuse(findings)
  if (rows.length === 0) refuse([fault(`${source.name}:1:1`, 'the growth table has no rows')])
  return rows
}

function csvRows(source: SourceFile): RawRow[] {
  const [header = [], ...body] = parseCsv(source.text)
  const place = (line: number, column: number): string => `${source.name}:${line}:${column}`
  const names = header.map(({ text }) => text)
  refuse(
    header.flatMap((cell) =>
      columns.includes(cell.text) ? [] : [unknown(cell.text, place(cell.line, cell.column))],
    ),
  )
  refuse(
    required.flatMap((name) =>
      names.includes(name) ? [] : [fault(place(1, 1), `the column ${name} is missing`)],
    ),
  )
  return body.map((cells) => ({
    values: Object.fromEntries(
      names.map((name, i) => [name, cells[i]?.text === '' ? undefined : cells[i]?.text]),
    ),
    placeOf: (column) => {
      const cell = cells[names.indexOf(column)]
      return place(cell?.line ?? cells[0]?.line ?? 1, cell?.column ?? 1)
    },
  }))
}

function yamlRows(source: SourceFile): RawRow[] {
  const parsed = parseYaml(source.text, source.name)
  const { value, findings } = parsed
  const placeOf = (path: string): string => parsed.placeOf(path)
  refuse(findings)
  if (!Array.isArray(value)) {
    refuse([fault(`${source.name}:1:1`, 'a growth table is a list of rows, each a map with a date')])
    return []
  }
  return value.map((row: unknown, index) => {
    if (!isTree(row)) refuse([fault(placeOf(String(index)), 'a row is a map of columns')])
    const values = isTree(row) ? row : {}
    refuse(
      Object.keys(values).flatMap((name) =>
        columns.includes(name) ? [] : [unknown(name, placeOf(`${index}.${name}`))],
      ),
    )
    return { values, placeOf: (column) => placeOf(`${index}.${column}`) }
  })
}

function readRow({ values, placeOf }: RawRow, findings: Finding[]): GrowthRow {
  const amount = (column: Column): number => {
    if (values[column] === undefined) {
      findings.push(fault(placeOf(column), `${column} is missing`))
      return 1
    }
    const read = readAmount(column, values[column])
    if (typeof read === 'number') return read
    findings.push(fault(placeOf(column), read))
    return 1
  }
  const perhaps = (column: Column): number | undefined =>
    values[column] === undefined || values[column] === null ? undefined : amount(column)
  const date = textOf(values['date'])
  const month = parseMonth(date)
  if (month === undefined) {
    findings.push(fault(placeOf('date'), `date is ${JSON.stringify(date)}; write 2026-03 or 2026-03-15`))
  }
  return {
    id: textOf(values['id'] ?? date),
    month: month ?? Number.NaN,
    monthlyInterviews: amount('monthlyInterviews'),
    peakConcurrentInterviews: amount('peakConcurrentInterviews'),
    storageTerabytes: perhaps('storageTerabytes'),
    gpuNodes: perhaps('gpuNodes'),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function order(rows: readonly GrowthRow[], raw: readonly RawRow[]): Finding[] {
  return rows.slice(1).flatMap((row, index) => {
    const before = rows[index]
    if (!before || !(row.month <= before.month)) return []
    const place = raw[index + 1]?.placeOf('date') ?? ''
    return [
      fault(
        place,
        `${monthText(row.month)} does not come after ${monthText(before.month)} in the row before`,
      ),
    ]
  })
}

function unknown(name: string, place: string): Finding {
  return fault(place, `there is no column ${JSON.stringify(name)}; ${suggestion(name, columns)}`)
}

function fault(place: string, message: string): Finding {
  return { id: 'IV-GROWTH-001', severity: 'error', place, message }
}

function refuse(findings: readonly Finding[]): void {
  const [first] = findings
  if (!first) return
  const more = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
  throw new Failure('USAGE', `${first.place}: ${first.message}${more}`, {
    findings,
    next: `columns are ${columns.join(', ')}`,
  })
}

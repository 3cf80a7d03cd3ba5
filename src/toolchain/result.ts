import type { Writer } from '../report/report.ts'
import { table } from '../report/table.ts'
import type { Look } from './look.ts'
import type { LocatedTool, ToolName, ToolSource } from './toolchain.ts'

/** One program in `data.tools[]` of every `toolchain` command. */
export interface ToolRow {
  name: ToolName
  /** Null where the program is not on this machine yet. */
  version: string | null
  source: ToolSource | 'missing'
  path: string | null
  /** The version that would be installed. */
  wanted: string
  /** Programs that were passed over, and why; for a missing one where it was looked for. */
  notes: readonly string[]
}

export interface ToolchainResult {
  tools: readonly ToolRow[]
}

export function rowOf(entry: Look, located: LocatedTool | undefined = entry.located): ToolRow {
  return {
    name: entry.tool.name,
    version: located?.version ?? null,
    source: located?.source ?? 'missing',
    path: located?.path ?? null,
    wanted: entry.tool.wanted,
    notes: entry.notes,
  }
}

export const toolchainWriter: Writer<ToolchainResult> = {
  text: ({ tools }, style) =>
    table(
      tools,
      [
        { title: 'TOOL', value: (row) => row.name },
        { title: 'VERSION', value: (row) => row.version ?? row.wanted },
        {
          title: 'SOURCE',
          value: (row) => row.source,
          paint: (row) => (row.source === 'missing' ? (text) => style.warn(text) : undefined),
        },
        { title: 'PATH', value: (row) => row.path ?? 'run: iv toolchain install' },
      ],
      style,
    ),
  wide: ({ tools }, style) =>
    table(
      tools,
      [
        { title: 'TOOL', value: (row) => row.name },
        { title: 'VERSION', value: (row) => row.version ?? '-' },
        { title: 'WANTED', value: (row) => row.wanted },
        { title: 'SOURCE', value: (row) => row.source },
        { title: 'PATH', value: (row) => row.path ?? '-' },
        { title: 'NOTES', value: (row) => row.notes.join('; ') },
      ],
      style,
    ),
  markdown: ({ tools }) =>
    [
      '| tool | version | source | path |',
      '|---|---|---|---|',
      ...tools.map((row) => `| ${row.name} | ${row.version ?? '-'} | ${row.source} | ${row.path ?? '-'} |`),
    ].join('\n'),
}

/** `iv toolchain path`: nothing but the path, for `$(…)`. */
export const pathWriter: Writer<ToolchainResult> = {
  text: ({ tools }) => tools.map((row) => row.path ?? '').join('\n'),
}

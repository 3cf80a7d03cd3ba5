import { structuredPatch } from 'diff'
import { toYaml } from '../render/yaml.ts'
import type { Change } from './change.ts'
import { redacted } from './redact.ts'

/** Lines of YAML around each difference. */
const context = 3

/** The lines that differ, redacted, with `+` and `-` in front and hunks begun by `@@`; ends without a newline. */
export function patchOf({ before, after }: Change): string {
  const [old, next] = redacted(before, after).map((side) => (side === undefined ? '' : toYaml(side)))
  const { hunks } = structuredPatch('', '', old ?? '', next ?? '', '', '', { context })
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ])
    .join('\n')
}

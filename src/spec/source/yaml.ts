import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml'
import type { Finding } from '../../failure.ts'
import { join } from '../tree.ts'
import { Converter, YamlRefusal } from './convert.ts'

export interface ParsedYaml {
  value: unknown
  /** At most one for malformed text; one per duplicate key otherwise. */
  findings: readonly Finding[]
  /** `file:line:column` of the value at a dotted path, or of the nearest ancestor that the text has. */
  placeOf(path: string): string
  /** The same for the key instead of its value. */
  keyPlaceOf(path: string, key: string): string
}

const tooDeep = 'nested too deeply to be a specification'
const longestMessage = 160

/** Parses one YAML document into plain data and remembers where everything stands. Never throws. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter()
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`
  }
  const failed = (message: string, offset: number, id = 'IV-YAML-001'): ParsedYaml => ({
    value: undefined,
    findings: [
      { id, severity: 'error', place: place(offset), message, hint: 'the text cannot be read from here on' },
    ],
    placeOf: () => place(offset),
    keyPlaceOf: () => place(offset),
  })

  const parsed = parseSafely(text, lines)
  if (typeof parsed === 'string') return failed(parsed, 0)
  const fault = parsed.errors[0] ?? parsed.warnings[0]
  if (fault) return failed(plainly(fault), fault.pos[0])

  const converter = new Converter()
  try {
    const value = converter.convert(parsed.contents, '')
    const nearestPlace = (path: string): number => converter.valueOffset(path)
    return {
      value: value ?? {},
      findings: converter.duplicates.map(({ path, offset }) => ({
        id: 'IV-YAML-002',
        severity: 'error',
        path,
        place: place(offset),
        message: `${path} is written twice`,
        hint: 'keep one of the two',
      })),
      placeOf: (path) => place(nearestPlace(path)),
      keyPlaceOf: (path, key) => place(converter.keyOffset(join(path, key)) ?? nearestPlace(path)),
    }
  } catch (error) {
    if (error instanceof YamlRefusal) return failed(error.message, error.offset, error.id)
    throw error
  }
}

/** Duplicates are looked for while converting: the parser's own search is quadratic in the size of a map. */
function parseSafely(text: string, lineCounter: LineCounter): Document.Parsed | string {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, merge: false })
  } catch (error) {
    if (error instanceof RangeError) return tooDeep
    throw error
  }
}

/** The parser reports running out of stack as an error of the text, and quotes what it found in full. */
function plainly({ code, message }: YAMLError): string {
  if (message.startsWith('Maximum call stack')) return tooDeep
  if (code === 'MULTIPLE_DOCS') return 'a specification is one document, and here a second one begins'
  const [line = ''] = message.split('\n', 1)
  return line.length > longestMessage ? `${line.slice(0, longestMessage - 1)}…` : line
}

import { readFile, realpath, stat } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'
import { checkDocument } from './document.ts'
import { largestFileBytes } from './source/file.ts'
import { merge, treeOf, valueAt } from './tree.ts'

export interface Change {
  /** Dotted. */
  path: string
  value: number | string
}

/**
 * The text of a specification with other values and every comment kept. A value goes where it is written already: at
 * the environment, or at the top of the file; a new one to the top.
 * @throws {Failure} OPERATION where the text would say anything else than asked for, because of an alias for example.
 */
export function editedText(text: string, changes: readonly Change[], environment: string): string {
  const document = parseDocument(text, { uniqueKeys: false, merge: false })
  const paths = changes.map(({ path, value }) => {
    const own = `environments.${environment}.${path}`
    return { value, path: document.hasIn(own.split('.')) ? own : path }
  })
  const before = valueOf(text)
  for (const { path, value } of paths) document.setIn(path.split('.'), value)
  const after = document.toString({
    lineWidth: 0,
    flowCollectionPadding: / \}/.test(text) || !/\S\}/.test(text),
  })
  const meant = paths.reduce<unknown>((tree, { path, value }) => merge(tree, treeOf(path, value)), before)
  const wrong = paths.find(({ path, value }) => valueAt(valueOf(after), path) !== value)
  if (wrong || JSON.stringify(sorted(valueOf(after))) !== JSON.stringify(sorted(meant))) {
    throw new Failure(
      'OPERATION',
      'the file cannot be changed without changing more of it than was asked for',
      {
        next: `write the values yourself: ${changes.map(({ path, value }) => `${path}: ${value}`).join(', ')}`,
      },
    )
  }
  return after
}

function valueOf(text: string): unknown {
  const { parsed, findings } = checkDocument({ file: '', name: 'iv.yaml', text })
  const [first] = findings
  if (first)
    throw new Failure('OPERATION', `the changed file would not be valid: ${first.message}`, { findings })
  return parsed.value
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const)
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/**
 * Replaces the file whole, through links, with its permissions kept.
 * @throws {Failure} OPERATION where somebody else changed it meanwhile, or it cannot be written; nothing is lost then.
 */
export async function replaceSpecification(file: string, before: string, after: string): Promise<void> {
  if (Buffer.byteLength(after) > largestFileBytes) {
    throw new Failure('OPERATION', `${file} would have more than ${largestFileBytes} bytes`)
  }
  try {
    const real = await realpath(file)
    if ((await readFile(real, 'utf8')) !== before) {
      throw new Failure('OPERATION', `${file} was changed meanwhile: nothing was written`, {
        next: 'run it again',
      })
    }
    const { mode } = await stat(real)
    await writeDurably(real, after, mode & 0o777)
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new Failure('OPERATION', `cannot write ${file}: ${code ?? String(error)}`, { cause: error })
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isMap, isScalar, parseDocument, type Scalar } from 'yaml'
import { checkDocument } from '../../src/spec/document.ts'
import { presetFile, presetNames } from '../../src/spec/init.ts'
import { seedPreset } from '../../src/spec/preset.ts'
import { load } from './support.ts'

const packageRoot = join(import.meta.dirname, '..', '..')

describe.each(presetNames)('the preset %s', (name) => {
  let text: string
  let keys: Scalar[]

  beforeAll(async () => {
    text = await readFile(presetFile(packageRoot, name), 'utf8')
    keys = keysIn(parseDocument(text).contents)
  })

  it('is valid, and says nothing but the defaults unless it is the literal one', async () => {
    expect(checkDocument({ file: '/iv.yaml', name: 'iv.yaml', text }).findings).toEqual([])
    const same = (await load(text)).digest === (await load()).digest
    expect(same).toBe(name !== 'literal')
  })

  it('with one slip in one key has one error, whose suggestion is the right key', () => {
    const slips = fc.record({ key: fc.nat(), at: fc.nat(), letter: letter, kind: fc.constantFrom(...kinds) })
    fc.assert(
      fc.property(slips, ({ key: index, at, letter: added, kind }) => {
        const key = keys[index % keys.length]
        const [start = 0, end = 0] = key?.range ?? []
        const right = String(key?.value)
        const wrong = slip(right, { at: at % right.length, added, kind })
        const siblings = siblingsOf(keys, key)
        fc.pre(wrong !== right && wrong !== '' && !siblings.includes(wrong))
        const typo = `${text.slice(0, start)}${wrong}${text.slice(end)}`
        const { findings } = checkDocument({ file: '/iv.yaml', name: 'iv.yaml', text: typo })
        expect(findings, `${right} as ${wrong}`).toHaveLength(1)
        expect(suggested(findings[0]?.hint), `${right} as ${wrong}`).toContain(right)
      }),
      { numRuns: 40 },
    )
  }, 30_000)
})

describe('the preset seed', () => {
  it('is what the defaults make of it (vitest -u writes it again)', async () => {
    await expect(seedPreset()).toMatchFileSnapshot(presetFile(packageRoot, 'seed'))
  })
})

const kinds = ['leave out', 'add', 'replace', 'swap'] as const
/** Letters only: a digit in a name is no slip, `concurrent-5001` is a milestone of its own. */
const letter = fc.stringMatching(/^[a-z]$/)

interface Slip {
  at: number
  added: string
  kind: (typeof kinds)[number]
}

function slip(word: string, { at, added, kind }: Slip): string {
  const before = word.slice(0, at)
  const here = word.charAt(at)
  const after = word.slice(at + 1)
  if (/\d/.test(`${here}${after.charAt(0)}`)) return word
  if (kind === 'add') return `${before}${added}${here}${after}`
  if (kind === 'leave out') return `${before}${after}`
  if (kind === 'replace') return `${before}${added}${after}`
  return `${before}${after.charAt(0)}${here}${after.slice(1)}`
}

const parents = new WeakMap<Scalar, object>()

function keysIn(node: unknown): Scalar[] {
  if (!isMap(node)) return []
  return node.items.flatMap((pair) => {
    if (!isScalar(pair.key)) return []
    parents.set(pair.key, node)
    return [pair.key, ...keysIn(pair.value)]
  })
}

function siblingsOf(keys: readonly Scalar[], key: Scalar | undefined): string[] {
  const parent = key && parents.get(key)
  return keys.filter((other) => parents.get(other) === parent).map((other) => String(other.value))
}

function suggested(hint: string | undefined): string[] {
  return /did you mean ([^?]+)\?/.exec(hint ?? '')?.[1]?.split(' or ') ?? []
}

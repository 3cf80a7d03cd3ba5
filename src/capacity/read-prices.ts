import { join } from 'node:path'
import { Failure, type Finding } from '../failure.ts'
import type { Paths } from '../paths.ts'
import { readSource } from '../spec/source/file.ts'
import { parseYaml } from '../spec/source/yaml.ts'
import { isTree } from '../spec/tree.ts'
import { type PriceBook, priceBook } from './price-book.ts'

/**
 * The named price book, or the one that comes with `iv`.
 * @throws {Failure} USAGE with the place of a price that is missing, malformed or in another currency.
 */
export async function readPrices(file: string | undefined, paths: Paths): Promise<PriceBook> {
  const source = await readSource(file ?? join(paths.packageRoot, 'templates/prices/default.yaml'), paths)
  if (!source) throw new Failure('USAGE', `the price book ${file} does not exist`)
  const parsedText = parseYaml(source.text, source.name)
  const { value, findings } = parsedText
  const placeOf = (path: string): string => parsedText.placeOf(path)
  refuse(findings)
  const parsed = priceBook.safeParse(value)
  if (!parsed.success) {
    refuse(
      parsed.error.issues.map(({ path, message }) => {
        const dotted = path.join('.')
        return fault(placeOf(dotted), `${dotted === '' ? '' : `${dotted}: `}${message}`)
      }),
    )
  }
  const book = priceBook.parse(value)
  refuse(
    otherCurrencies(book).map(({ path, currency }) =>
      fault(
        placeOf(path),
        `${path} is in ${currency} and the book in ${book.currency}: nothing here knows a rate`,
      ),
    ),
  )
  return book
}

function otherCurrencies(book: PriceBook): { path: string; currency: string }[] {
  const { nodes, storage, network, speech } = book
  return Object.entries({ nodes, storage, network, speech }).flatMap(([group, items]) =>
    Object.entries(items).flatMap(([name, item]: [string, unknown]) => {
      const currency = isTree(item) ? item['currency'] : undefined
      return typeof currency === 'string' && currency !== book.currency
        ? [{ path: `${group}.${name}.currency`, currency }]
        : []
    }),
  )
}

function fault(place: string, message: string): Finding {
  return { id: 'IV-PRICE-001', severity: 'error', place, message }
}

function refuse(findings: readonly Finding[]): void {
  const [first] = findings
  if (!first) return
  throw new Failure('USAGE', `${first.place}: ${first.message}`, {
    findings,
    next: 'see templates/prices/default.yaml in the package for every price there must be',
  })
}

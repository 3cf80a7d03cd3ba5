import { isRecord } from '../provider/json.ts'

/** Names under which people keep what nobody else may read. */
const secret = 'password|passwd|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key'
const secretName = new RegExp(secret, 'i')
/** Fields that say where the secret is, and not what it is. */
const reference = /(Name|Ref)$/
const inText = new RegExp(
  `([a-z][a-z0-9+.-]*://[^\\s:/@]*:)[^\\s@/]+(?=@)|(--?[\\w-]*(?:${secret})[\\w-]*[= ])\\S+`,
  'gi',
)

/**
 * Both sides without values that are nobody's business: a comment is read by a whole company. That a value differs is
 * still seen, and only that.
 */
export function redacted(before: unknown, after: unknown): [before: unknown, after: unknown] {
  return [mask(before, before, []), mask(after, before, [])]
}

/** `former` is the same place before the change; `owners` the objects around the value, the nearest last. */
function mask(value: unknown, former: unknown, owners: readonly Owner[]): unknown {
  if (Array.isArray(value)) {
    const formers = Array.isArray(former) ? former : []
    return value.map((item: unknown, index) => mask(item, counterpart(item, formers, index), owners))
  }
  if (isRecord(value)) {
    const formers = isRecord(former) ? former : {}
    const entries = Object.entries(value).map(([field, item]) => {
      return [field, mask(item, formers[field], [...owners, { field, object: value }])]
    })
    return Object.fromEntries(entries)
  }
  if (typeof value !== 'string' && typeof value !== 'number') return value
  if (!isHidden(owners)) return typeof value === 'string' ? withoutSecrets(value) : value
  return former === undefined || former === value ? '(redacted)' : '(redacted, changed)'
}

interface Owner {
  field: string
  object: Readonly<Record<string, unknown>>
}

function isHidden(owners: readonly Owner[]): boolean {
  const [root, last] = [owners[0], owners.at(-1)]
  if (!root || !last) return false
  if (root.object['kind'] === 'Secret' && /^(data|stringData)$/.test(root.field)) return true
  const { field, object } = last
  // A variable of a container: its name says what its value is.
  if (field === 'value' && typeof object['name'] === 'string') return secretName.test(object['name'])
  return secretName.test(field) && !reference.test(field)
}

function withoutSecrets(text: string): string {
  return text.replaceAll(
    inText,
    (_, url: string | undefined, flag: string | undefined) => `${url ?? flag ?? ''}(redacted)`,
  )
}

/** Elements with a name belong together wherever they stand. */
function counterpart(item: unknown, others: readonly unknown[], index: number): unknown {
  const name = isRecord(item) ? item['name'] : undefined
  if (name === undefined) return others[index]
  return others.find((each) => isRecord(each) && each['name'] === name)
}

import { Document, isMap, isScalar, type Pair, type YAMLMap } from 'yaml'
import { defaults } from './defaults/defaults.ts'
import { unsource } from './defaults/sourced.ts'
import { specification } from './schema/specification.ts'
import { schemaAt, unwrap } from './schema/walk.ts'
import { join } from './tree.ts'

const head = ` iv.yaml: every value of the specification, each with its place in the source document
 or the assumption behind it. All of it is default: delete what you do not mean to change.
 Meaning of a value: iv config explain pools.sfu.trigger`

const environments = `
# Without --env a command means \`local\`, which reaches only the sandbox on this machine.
# Every other environment names its clusters, state, domain, images and buckets itself:
# environments:
#   production:
#     delivery: pulumi
#     state: { backend: s3://example-iv-state }
#     domain: interview.example.com
#     regions:
#       us-east: { context: prod-us-east }
#     pools:
#       sfu: { image: registry.example.com/sfu@sha256:… }
#     buckets: { recordings: example-recordings }
`

/** The text of `templates/presets/seed.yaml`. A test holds the file to it. */
export function seedPreset(): string {
  const { value, sources } = unsource(defaults)
  const document = new Document(value)
  document.commentBefore = head
  if (isMap(document.contents)) annotate(document.contents, '', sources)
  return `${document.toString({ lineWidth: 0 })}${environments}`
}

function annotate(map: YAMLMap, path: string, sources: ReadonlyMap<string, string>): void {
  for (const pair of map.items) {
    const below = join(path, keyOf(pair))
    const notes = [path === '' ? meaningOf(below) : undefined, sources.get(below)]
    const comment = notes.filter((note) => note !== undefined).join('; ')
    if (isScalar(pair.key) && path === '') pair.key.spaceBefore = true
    if (isScalar(pair.value) && comment !== '') pair.value.comment = ` ${comment}`
    else if (isScalar(pair.key) && comment !== '') pair.key.commentBefore = ` ${comment}`
    if (isMap(pair.value)) annotate(pair.value, below, sources)
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : ''
}

function meaningOf(path: string): string | undefined {
  const schema = schemaAt(specification, path)
  return schema && unwrap(schema).description
}

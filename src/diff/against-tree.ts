import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { parse } from 'yaml'
import type { Collaborators } from '../collaborators.ts'
import type { Finding } from '../failure.ts'
import { Repository } from '../git/repository.ts'
import { textAt } from '../provider/json.ts'
import { manifestName, parseManifest } from '../render/manifest.ts'
import { changesIn, type DiffObject, keyOf } from './change.ts'
import type { Compared, Current } from './diff.ts'
import { withMarksOf } from './marks.ts'
import { plannedObjects } from './sides.ts'

/** The files of a rendered tree as they are at a commit: a new version of `iv` shows here, and an edit by hand. */
export async function againstTree(
  { platform, regions }: Current,
  { folder, reference }: { folder: string; reference: string },
  c: Pick<Collaborators, 'paths' | 'run' | 'signal'>,
): Promise<Compared> {
  const repository = await Repository.around(c.paths.project, c)
  const root = repository.inside(folder)
  const commit = await repository.commitOf(reference)
  const [files, dirty] = await Promise.all([
    repository.filesAt(commit, root),
    reference === 'HEAD' ? repository.uncommitted(root) : [],
  ])
  const tree = readTree(files, root)
  const changes = regions.flatMap((region) => {
    const before = tree.objects.get(region) ?? []
    const marked = new Map(before.map((object) => [keyOf(object), object]))
    const after = plannedObjects(platform, region).map((object) => {
      const there = marked.get(keyOf(object))
      return there ? withMarksOf(there, object) : object
    })
    return changesIn(region, before, after)
  })
  const planned = regions.reduce((sum, region) => sum + plannedObjects(platform, region).length, 0)
  const same = planned - changes.filter(({ action }) => action !== 'delete').length
  const from = `${root === '' ? basename(folder) : root} at commit ${commit.slice(0, 12)} (${reference})`
  return { from, changes, same, findings: [...tree.findings, ...dirtyFinding(dirty)] }
}

interface Tree {
  objects: Map<string, DiffObject[]>
  findings: Finding[]
}

function readTree(files: ReadonlyMap<string, string>, root: string): Tree {
  const short = (path: string): string => (root === '' ? path : path.slice(root.length + 1))
  const manifest = parseManifest(
    files.get(root === '' ? manifestName : `${root}/${manifestName}`) ?? '',
    root,
  )
  const objects = new Map<string, DiffObject[]>()
  const findings: Finding[] = []
  for (const [path, text] of files) {
    if (!path.endsWith('.yaml')) continue
    const name = short(path)
    const region = name.slice(0, Math.max(0, name.indexOf('/')))
    const object = objectIn(text)
    if (object) objects.set(region, [...(objects.get(region) ?? []), object])
    findings.push(...judge({ path, sum: manifest.get(name), text, isObject: object !== undefined }))
  }
  return { objects, findings }
}

function objectIn(text: string): DiffObject | undefined {
  try {
    const value: unknown = parse(text)
    const isObject = [['apiVersion'], ['kind'], ['metadata', 'name']].every(
      (path) => textAt(value, ...path) !== undefined,
    )
    return isObject ? (value as DiffObject) : undefined
  } catch {
    return undefined
  }
}

interface Judged {
  path: string
  /** As the manifest has it. */
  sum: string | undefined
  text: string
  isObject: boolean
}

function judge({ path, sum, text, isObject }: Judged): Finding[] {
  const warning = (id: string, message: string, hint: string): Finding[] => [
    { id, severity: 'warning', place: `${path}:1:1`, message, hint },
  ]
  if (!isObject) return warning('tree-unreadable', 'is no Kubernetes object', 'render again: iv render')
  if (sum === undefined) {
    return warning(
      'tree-foreign',
      'was not rendered by iv, and is applied all the same',
      'move it out of the tree',
    )
  }
  if (sum === createHash('sha256').update(text).digest('hex')) return []
  return warning('tree-edited', 'was edited by hand', 'change the specification instead, and render again')
}

function dirtyFinding(dirty: readonly string[]): Finding[] {
  const [first] = dirty
  if (first === undefined) return []
  const message = `${dirty.length} files of the tree are not committed, and are not what is compared: ${first}${dirty.length > 1 ? ' …' : ''}`
  return [{ id: 'tree-dirty', severity: 'warning', message, hint: 'commit them, or see git diff' }]
}

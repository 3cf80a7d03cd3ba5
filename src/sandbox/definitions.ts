import { createHash } from 'node:crypto'
import { definitionName } from '../crds/component.ts'
import type { Definition } from '../crds/definition.ts'
import type { ResolvedDefinition } from '../crds/resolve.ts'
import { applyObject, expectSuccess, type SandboxClient } from './client.ts'
import type { DefinitionRecord } from './record.ts'

const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
/** On the definitions that the sandbox itself made: digest of what was applied. */
const digestAnnotation = 'iv.dev/definition'
/** The largest take seconds to be taken in on a busy machine. */
const applyWithinMs = 60_000

interface LiveMetadata {
  metadata: { name: string; annotations?: Record<string, string> }
}

/**
 * Makes the definitions of a region what was resolved, all at once, and leaves those alone that somebody else
 * installed. They are served a moment after: `servedCheck` tells when.
 */
export async function installDefinitions(
  client: SandboxClient,
  resolved: readonly ResolvedDefinition[],
): Promise<DefinitionRecord[]> {
  if (resolved.length === 0) return []
  const list = await expectSuccess(client, { method: 'GET', path: collection, accept: metadataOnly })
  // An empty list of metadata has null for its items.
  const items = (list['items'] ?? []) as LiveMetadata[]
  const live = new Map(items.map(({ metadata }) => [metadata.name, metadata]))
  return Promise.all(
    resolved.map(async (definition) => {
      const there = live.get(definitionName(definition.definition))
      const record = recordOf(definition)
      if (there && there.annotations?.[digestAnnotation] === undefined) {
        return { ...record, source: 'cluster', detail: 'installed by somebody else' }
      }
      const digest = digestOf(definition.object)
      if (there?.annotations?.[digestAnnotation] !== digest) await apply(client, definition.object, digest)
      return record
    }),
  )
}

/**
 * Tells whether every kind can be read and written: only then is its storage there. What was served once is not
 * asked for again; an API server that takes definitions in has enough to do.
 */
export function servedCheck(
  client: SandboxClient,
  resolved: readonly ResolvedDefinition[],
): () => Promise<boolean> {
  const waiting = new Set(resolved.map(({ definition }) => definition))
  return async () => {
    for (const definition of waiting) {
      const { group, versions, plural } = definition
      const path = `/apis/${group}/${versions[0]}/${plural}?limit=1`
      const { status } = await client.request({ method: 'GET', path })
      if (status !== 200) return false
      waiting.delete(definition)
    }
    return true
  }
}

async function apply(client: SandboxClient, definition: Definition, digest: string): Promise<void> {
  const { name, annotations } = definition.metadata
  await applyObject(client, `${collection}/${name}`, {
    deadlineMs: applyWithinMs,
    body: {
      apiVersion: definition.apiVersion,
      kind: definition.kind,
      metadata: { name, annotations: { ...annotations, [digestAnnotation]: digest } },
      spec: definition.spec,
    },
  })
}

function recordOf({ component, definition, source, detail }: ResolvedDefinition): DefinitionRecord {
  return {
    name: definitionName(definition),
    kind: definition.kind,
    component: component.name,
    source,
    detail,
  }
}

function digestOf(definition: Definition): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16)
}

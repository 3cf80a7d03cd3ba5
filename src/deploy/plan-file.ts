import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Collaborators } from '../collaborators.ts'
import { writeDurably } from '../durable-file.ts'
import { Failure } from '../failure.ts'

/** One region as a preview saw it: what a deploy of the plan may do there, and nothing else. */
const regionShape = z.object({
  region: z.string(),
  stack: z.string(),
  provider: z.enum(['official', 'bundled']),
  /** UID of `kube-system`. */
  clusterUid: z.string(),
  /** `sha256:` over everything that the region was to have. */
  objects: z.string(),
  /** `update apps/v1:Deployment media/sfu`, each with a digest of its fields and their values. */
  changes: z.array(z.object({ what: z.string(), fields: z.string() })),
})

const bodyShape = z.object({
  apiVersion: z.literal('iv/v1'),
  kind: z.literal('DeployPlan'),
  version: z.string(),
  environment: z.string(),
  configDigest: z.string(),
  /** RFC 3339, UTC. */
  madeAt: z.string(),
  expiresAt: z.string(),
  regions: z.array(regionShape),
})

export type PlannedRegion = z.infer<typeof regionShape>
export type PlanBody = z.infer<typeof bodyShape>

const fileShape = bodyShape.extend({ digest: z.string() })

export function sha256(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`
}

/** Version of this `iv`, from its package. */
export async function ownVersion({ paths }: Pick<Collaborators, 'paths'>): Promise<string> {
  const text = await readFile(join(paths.packageRoot, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** @returns the digest that the file carries over its own content. */
export async function writePlan(file: string, body: PlanBody): Promise<string> {
  const digest = sha256(body)
  await writeDurably(file, `${JSON.stringify({ ...body, digest }, undefined, 2)}\n`)
  return digest
}

/** @throws Failure `USAGE` for a file that is no plan, or that is not as a preview wrote it. */
export async function readPlan(file: string): Promise<PlanBody> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Failure('USAGE', `cannot read plan ${file}: ${cause.message}`, { cause, next: again })
  })
  const parsed = fileShape.safeParse(jsonOf(text))
  if (!parsed.success) throw new Failure('USAGE', `${file} is no plan of iv preview`, { next: again })
  const { digest, ...body } = parsed.data
  if (sha256(body) === digest) return body
  throw new Failure(
    'USAGE',
    `plan ${file} was changed after iv preview wrote it: ${digest} is not its digest`,
    {
      next: again,
    },
  )
}

const again = 'make one with iv preview --save-plan FILE'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

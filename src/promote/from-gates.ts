import { join } from 'node:path'
import type { DiffCollaborators } from '../diff/against-live.ts'
import { driftGate } from '../gate/drift-gate.ts'
import { rowOf } from '../gate/gate.ts'
import type { GateRow } from '../gate/result.ts'
import type { Candidate, Judgement } from '../gate/verdict.ts'
import type { Repository } from '../git/repository.ts'
import { treeFolder } from '../render/folder.ts'
import { render } from '../render/render.ts'
import type { Duration } from '../units/duration.ts'
import type { Place } from './place.ts'

export interface FromInput {
  file: string | undefined
  from: Place
  bake: Duration
  repository: Repository
  candidate: Omit<Candidate, 'platform' | 'regions' | 'past'>
}

/** Whether the place that goes before has the specification, for long enough, and still runs as it says. */
export async function fromGates(input: FromInput, c: DiffCollaborators): Promise<GateRow[]> {
  const { from, candidate } = input
  const { platform, regions } = from
  const tree = await isThere(input, c)
  const demandsDrift = platform.specification.gates.mustAllow.includes('drift')
  const drift = await driftGate({ ...candidate, platform, regions, past: undefined }, c)
  return [
    rowOf(`${from.name} has it`, tree, true),
    // How long it has had something else says nothing.
    ...(tree.verdict === 'allow' ? [rowOf(`${from.name} baked`, await baked(input, c), true)] : []),
    rowOf(`${from.name} drift`, drift, demandsDrift),
  ]
}

async function isThere({ file, from }: FromInput, c: DiffCollaborators): Promise<Judgement> {
  const { environment } = from.platform
  const input = {
    file,
    environment,
    regions: from.regions,
    folder: undefined,
    flavor: undefined,
    check: true,
  }
  const { data } = await render(input, c)
  if (data.changed.length === 0)
    return { verdict: 'allow', reason: `${data.files.length} files are what the specification gives` }
  const reason = `${data.changed.length} files differ from the specification: promote it there first`
  return { verdict: 'deny', reason }
}

/** From the commit that last changed its tree. */
async function baked({ from, bake, repository }: FromInput, c: DiffCollaborators): Promise<Judgement> {
  const root = repository.inside(treeFolder(from.platform, c.paths))
  const paths = from.regions.map((region) => join(root, region))
  const seconds = (await repository.must('log', '-1', '--format=%ct', 'HEAD', '--', ...paths)).trim()
  if (seconds === '') return { verdict: 'unknown', reason: 'no commit has its tree' }
  const since = Number(seconds) * 1000
  const end = since + bake.ms
  const minutes = Math.floor(Math.max(0, c.clock.now().getTime() - since) / 60_000)
  const reason = `committed ${minutes} min ago, ${bake.toString()} are asked for`
  if (c.clock.now().getTime() >= end) return { verdict: 'allow', reason }
  return { verdict: 'defer', reason, until: new Date(end).toISOString() }
}

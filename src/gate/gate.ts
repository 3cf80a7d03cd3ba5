import { readPrices } from '../capacity/read-prices.ts'
import { platformAt } from '../diff/against-commit.ts'
import type { DiffCollaborators } from '../diff/against-live.ts'
import { Failure, type Finding, isFailure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import { validateConfig } from '../spec/validate.ts'
import { capacityGate } from './capacity-gate.ts'
import { costGate } from './cost-gate.ts'
import { driftGate } from './drift-gate.ts'
import { evidenceGate } from './evidence-gate.ts'
import { lintGate } from './lint-gate.ts'
import { type GateName, gateNames } from './names.ts'
import { checkAccepted, policyGate } from './policy-gate.ts'
import { refusalOf } from './refusal.ts'
import { renderGate } from './render-gate.ts'
import type { GateData, GateRow } from './result.ts'
import type { Candidate, Gate, GateInput, Judgement } from './verdict.ts'

const gates: Readonly<Record<Exclude<GateName, 'validate'>, Gate>> = {
  render: renderGate,
  lint: lintGate,
  policy: policyGate,
  drift: driftGate,
  capacity: capacityGate,
  cost: costGate,
  evidence: evidenceGate,
}

/**
 * Asks every gate about the specification as it is now, and about the change that led to it. Changes nothing. A deny
 * is `POLICY`, whatever gate says it; an unknown or a defer is `UNKNOWN` where the environment demands that gate; a
 * specification that is not valid is `USAGE`, and no other gate can be asked.
 */
export async function gate(input: GateInput, c: DiffCollaborators): Promise<Report<GateData>> {
  const names = selectGates(input.only)
  checkAccepted(input)
  const { data: validity } = await validateConfig({ ...input, allowLocalState: true }, c)
  if (!validity.valid) return invalid(input, names, validity.errors)
  const platform = await loadPlatform({ ...input, allowLocalState: true }, c)
  const regions = selectRegions(platform, input.regions.length === 0 ? ['all'] : input.regions)
  const { past, from, findings } = await pastOf(input, c)
  const candidate: Candidate = {
    platform,
    regions,
    past,
    prices: await readPrices(undefined, c.paths),
    input,
  }
  const rows = await Promise.all(
    names.map(async (name) => {
      const judgement = name === 'validate' ? valid : await gates[name](candidate, c)
      return rowOf(name, judgement, platform.specification.gates.mustAllow.includes(name))
    }),
  )
  return {
    ...reportOf({ environment: platform.environment, from, gates: rows }),
    regions,
    inputs: { configDigest: platform.digest },
    findings,
  }
}

const valid: Judgement = { verdict: 'allow', reason: 'the specification is valid' }

/** @throws Failure `NOT_FOUND` for a gate that there is not. */
function selectGates(only: readonly string[]): readonly GateName[] {
  const unknown = only.find((name) => !gateNames.some((known) => known === name))
  if (unknown !== undefined) {
    throw new Failure('NOT_FOUND', `there is no gate ${JSON.stringify(unknown)}`, {
      next: suggestion(unknown, gateNames),
    })
  }
  return only.length === 0 ? gateNames : gateNames.filter((name) => only.includes(name))
}

interface Start {
  past: Platform | undefined
  from: string | null
  findings: readonly Finding[]
}

/** Outside of a repository, or where the start cannot be read, rules about the change have nothing to say. */
async function pastOf(input: GateInput, c: DiffCollaborators): Promise<Start> {
  try {
    const { platform, commit } = await platformAt(input, c)
    return { past: platform, from: `commit ${commit.slice(0, 12)} (${input.reference})`, findings: [] }
  } catch (error) {
    if (!isFailure(error) || error.code !== 'USAGE') throw error
    return {
      past: undefined,
      from: null,
      findings: [{ id: 'gate-no-past', severity: 'warning', message: error.message }],
    }
  }
}

function invalid(input: GateInput, names: readonly GateName[], errors: readonly Finding[]): Report<GateData> {
  const [first] = errors
  const reason = `${first?.place ?? ''} ${first?.message ?? 'the specification is not valid'}`.trim()
  const rows = names.map((name) =>
    name === 'validate'
      ? rowOf(name, { verdict: 'deny', reason, findings: errors }, true)
      : rowOf(name, { verdict: 'unknown', reason: 'needs a valid specification' }, false),
  )
  const error = new Failure('USAGE', `the specification is not valid: ${reason}`, {
    findings: errors,
    next: 'iv config validate shows every error',
  })
  const data = { environment: input.environment, from: null, gates: rows }
  return { kind: 'GateResult', data, outcome: 'USAGE', error, environment: input.environment }
}

export function rowOf(id: string, judgement: Judgement, required: boolean): GateRow {
  const { verdict, reason, until, findings = [] } = judgement
  return { id, verdict, required, reason, until: until ?? null, evidence: null, findings }
}

function reportOf(data: GateData): Report<GateData> {
  const error = refusalOf(data.gates)
  const report = { kind: 'GateResult', data, environment: data.environment }
  return error ? { ...report, outcome: error.code, error } : report
}

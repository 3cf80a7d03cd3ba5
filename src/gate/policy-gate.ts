import { Failure, type Finding } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { policies } from './policies/policies.ts'
import type { Candidate, Gate, GateInput } from './verdict.ts'

/** Whether the rules about what may go live, and about changes, are kept. */
export const policyGate: Gate = (candidate) => {
  const { input, past } = candidate
  const found = findingsOf(candidate)
  const open = found.filter(({ id }) => !input.accept.includes(id))
  const [first] = open
  const accepted = [...new Set(found.map(({ id }) => id).filter((id) => input.accept.includes(id)))]
  const note = accepted.length === 0 ? '' : `; accepted ${accepted.join(', ')}: ${input.reason ?? ''}`
  if (first) {
    const more = open.length === 1 ? '' : ` (and ${open.length - 1} more)`
    return {
      verdict: 'deny',
      reason: `${first.id} ${first.path}: ${first.message}${more}${note}`,
      findings: open,
    }
  }
  if (past) return { verdict: 'allow', reason: `${policies.length} rules are kept${note}` }
  const about = policies.filter(({ isAboutChange }) => isAboutChange).length
  const reason = `there is nothing to compare with, so ${about} rules about changes were not asked${note}`
  return { verdict: 'unknown', reason }
}

function findingsOf({ platform, past }: Candidate): (Finding & { path: string })[] {
  return policies.flatMap(({ id, fix, check }) =>
    check({ platform, past }).map(
      ({ path, message }) => ({ id, severity: 'error', path, message, hint: fix }) as const,
    ),
  )
}

/** @throws Failure `NOT_FOUND` for a rule that there is not, `USAGE` where nobody says why. */
export function checkAccepted({ accept, reason }: GateInput): void {
  const known = policies.map(({ id }) => id)
  const unknown = accept.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    throw new Failure('NOT_FOUND', `there is no policy ${JSON.stringify(unknown)}`, {
      next: suggestion(unknown, known),
    })
  }
  if (accept.length > 0 && (reason ?? '').trim() === '') {
    throw new Failure('USAGE', `--accept ${accept.join(', ')} without a reason`, {
      next: 'add --reason TEXT',
    })
  }
}

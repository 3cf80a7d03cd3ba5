/** Every exit code of `iv`, what it means and what a pipeline does about it. 0–9 follow Pulumi's table. */
export const exitCodes = {
  OK: { code: 0, meaning: 'done, everything as expected', reaction: 'go on' },
  INTERNAL: { code: 1, meaning: 'unexpected error in iv', reaction: 'report a bug' },
  USAGE: {
    code: 2,
    meaning: 'usage, config or schema wrong; confirmation missing without terminal',
    reaction: 'fix input',
  },
  AUTH: { code: 3, meaning: 'not authenticated or not allowed', reaction: 'fix credentials' },
  OPERATION: { code: 4, meaning: 'operation failed on resources or a driver', reaction: 'look at regions' },
  POLICY: { code: 5, meaning: 'policy, budget or gate says no', reaction: 'review' },
  NOT_FOUND: { code: 6, meaning: 'environment, region, run, drill, stack not found', reaction: 'fix name' },
  CHANGES: { code: 7, meaning: 'differences though none were expected', reaction: 'review diff' },
  CANCELLED: { code: 8, meaning: 'cancelled, unwound cleanly', reaction: '—' },
  TIMEOUT: { code: 9, meaning: 'timed out', reaction: 'retry or inspect' },
  LOCKED: { code: 10, meaning: 'locked by another run', reaction: 'retry later' },
  REFUSED: { code: 11, meaning: 'guardrail refused to start; nothing touched', reaction: 'reschedule' },
  ROLLED_BACK: { code: 12, meaning: 'guardrail tripped; rolled back', reaction: 'investigate' },
  MISSED: {
    code: 13,
    meaning: 'objective missed (RTO, RPO, threshold); rolled back or complete',
    reaction: 'fail the test',
  },
  ROLLBACK_INCOMPLETE: {
    code: 14,
    meaning: 'rollback incomplete, a human is needed now',
    reaction: 'page',
  },
  PARTIAL: { code: 15, meaning: 'partial: some regions done', reaction: 'resume' },
  UNHEALTHY: { code: 16, meaning: 'health below --fail-on', reaction: 'alert' },
  UNKNOWN: { code: 17, meaning: 'evidence missing, stale or unknown', reaction: 'collect evidence' },
  INTERRUPTED: { code: 130, meaning: 'stopped by second Ctrl-C', reaction: 'inspect' },
  TERMINATED: { code: 143, meaning: 'terminated', reaction: 'inspect' },
} as const

export type Outcome = keyof typeof exitCodes
export type FailureCode = Exclude<Outcome, 'OK'>

/** If several apply, the first of these wins (15 says more than 4: something did finish). */
const precedence: readonly FailureCode[] = [
  'INTERRUPTED',
  'TERMINATED',
  'ROLLBACK_INCOMPLETE',
  'PARTIAL',
  'ROLLED_BACK',
  'LOCKED',
  'TIMEOUT',
  'CANCELLED',
  'OPERATION',
  'MISSED',
  'UNKNOWN',
  'POLICY',
  'CHANGES',
  'AUTH',
  'REFUSED',
  'NOT_FOUND',
  'UNHEALTHY',
  'USAGE',
  'INTERNAL',
]

export function exitCodeOf(outcome: Outcome): number {
  return exitCodes[outcome].code
}

export function strongest(outcomes: readonly Outcome[]): Outcome {
  return precedence.find((candidate) => outcomes.includes(candidate)) ?? 'OK'
}

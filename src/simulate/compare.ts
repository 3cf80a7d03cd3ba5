import { join } from 'node:path'
import { lintRules } from '../lint/rules.ts'
import type { Paths } from '../paths.ts'
import { presetFile, presetNames } from '../spec/init.ts'
import type { Specification } from '../spec/schema/specification.ts'
import type { ComparedRow, Comparison, RunData } from './data.ts'
import { worst } from './criteria/judge.ts'
import { valueText } from './value-text.ts'

/** Rules of `iv lint` whose subject decides a result; those that the platform breaks explain it. */
const about: Readonly<Record<string, readonly string[]>> = {
  'mouth-to-ear': ['IV-LATENCY-001', 'IV-AFFINITY-001', 'IV-AFFINITY-002', 'IV-RING-001', 'IV-RING-002'],
  'turn-latency': ['IV-LATENCY-001', 'IV-BUDGET-001', 'IV-BREAKER-002', 'IV-GPU-003'],
  'session-failures': [
    'IV-RESCHEDULE-001',
    'IV-STATE-001',
    'IV-STATE-002',
    'IV-DRAIN-001',
    'IV-AFFINITY-001',
  ],
  'interview-terminations': ['IV-RESCHEDULE-001', 'IV-STATE-001', 'IV-STATE-002', 'IV-RTO-001', 'IV-RTO-002'],
  'completion-rate': ['IV-RESCHEDULE-001', 'IV-STATE-001', 'IV-STATE-002', 'IV-RTO-001'],
  'asr-accuracy-loss': ['IV-METRIC-001', 'IV-METRIC-002'],
  'fallback-activation': ['IV-BREAKER-001'],
  'recovery-after-restore': ['IV-BREAKER-001', 'IV-BREAKER-002', 'IV-BREAKER-003', 'IV-METRIC-001'],
  'transcripts-lost': ['IV-BREAKER-001', 'IV-METRIC-001'],
  'dns-failover': ['IV-DNS-001'],
  outage: ['IV-DNS-001', 'IV-DR-001', 'IV-FAILOVER-001'],
  'session-resume': [
    'IV-RESCHEDULE-001',
    'IV-STATE-001',
    'IV-STATE-002',
    'IV-RTO-001',
    'IV-RTO-002',
    'IV-DNS-001',
  ],
  'data-loss': ['IV-RECORDING-001', 'IV-STATE-001', 'IV-STATE-002', 'IV-RPO-001', 'IV-RPO-002'],
  'notifications-undelivered': ['IV-RESCHEDULE-001'],
  'critical-wait': ['IV-BUDGET-001', 'IV-PRIORITY-001', 'IV-GPU-001', 'IV-GPU-003'],
  'critical-shed': ['IV-BUDGET-001', 'IV-PRIORITY-001', 'IV-GPU-001', 'IV-GPU-003'],
  'full-capability': ['IV-GPU-003', 'IV-METRIC-001'],
  'ended-by-scale-in': ['IV-DRAIN-001'],
  'level-needs-failed': ['IV-LADDER-001', 'IV-LADDER-002'],
  'above-cap': ['IV-AFFINITY-001', 'IV-AFFINITY-002'],
  'refused-joins': ['IV-AFFINITY-001', 'IV-DNS-001'],
  join: ['IV-DNS-001', 'IV-AFFINITY-001'],
  'interviews-settled': ['IV-RESCHEDULE-001', 'IV-DNS-001'],
  'breakers-closed': ['IV-BREAKER-001', 'IV-BREAKER-002', 'IV-BREAKER-003'],
  'queues-drained': ['IV-METRIC-001', 'IV-GPU-003', 'IV-BUDGET-002'],
}

export interface Side {
  name: string
  prepared: { platform: { specification: Specification } }
  runs: readonly RunData[]
}

/** A preset by name, or a file. */
export function platformNamed(name: string, { packageRoot, project }: Paths): { file: string } {
  const preset = presetNames.find((one) => one === name)
  return { file: preset === undefined ? join(project, name) : presetFile(packageRoot, preset) }
}

/** Everything that was judged, side by side; where the sides differ, the rules that say why. */
export function compareRuns(left: Side, right: Side): Comparison {
  const broken = [left, right].map(({ prepared }) => brokenBy(prepared.platform.specification))
  const rows = rowsOf(left).flatMap((row): ComparedRow[] => {
    const other = rowsOf(right).find(({ what }) => what === row.what)
    if (!other) return []
    const alike = row.verdict === other.verdict && (row.verdict === 'pass' || row.actual === other.actual)
    const rules = alike ? [] : explanations(row.name, broken)
    return [
      {
        what: row.what,
        target: row.target,
        left: { actual: row.actual, verdict: row.verdict },
        right: { actual: other.actual, verdict: other.verdict },
        explainedBy: rules,
      },
    ]
  })
  return { left: left.name, right: right.name, rows }
}

function brokenBy(specification: Specification): Set<string> {
  return new Set(lintRules.filter(({ check }) => check(specification).length > 0).map(({ id }) => id))
}

function explanations(metric: string, [left, right]: readonly (ReadonlySet<string> | undefined)[]): string[] {
  const name = Object.keys(about).find((one) => one === metric) ?? metric.replace(/-p\d\d$/, '')
  return (about[name] ?? []).filter((id) => left?.has(id) !== right?.has(id))
}

interface Row {
  name: string
  what: string
  target: string
  actual: string
  verdict: ComparedRow['left']['verdict']
}

/** Over all seeds: the worst verdict, and the first value that led to it. */
function rowsOf({ runs }: Side): Row[] {
  const [first] = runs
  if (!first) return []
  const all = (name: string, rows: readonly { verdict: Row['verdict']; actual: string }[]) => {
    const verdict = worst(rows.map((row) => row.verdict))
    return { name, verdict, actual: rows.find((row) => row.verdict === verdict)?.actual ?? '' }
  }
  return [
    ...first.criteria.map(({ metric, text, target }, index) => ({
      what: text,
      target,
      ...all(
        metric,
        runs
          .flatMap(({ criteria }) => criteria.slice(index, index + 1))
          .map((one) => ({ ...one, actual: valueText(one) })),
      ),
    })),
    ...first.safety.map(({ check, meaning }, index) => ({
      what: check,
      target: meaning,
      ...all(
        check,
        runs
          .flatMap(({ safety }) => safety.slice(index, index + 1))
          .map((one) => ({ ...one, actual: String(one.violations) })),
      ),
    })),
  ]
}

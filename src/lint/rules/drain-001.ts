import { time } from '../numbers.ts'
import type { Clash, LintRule } from '../rule.ts'

export const drain001: LintRule = {
  id: 'IV-DRAIN-001',
  severity: 'error',
  title: 'A server that drains waits for its longest interview.',
  document:
    'Sticky Session Configuration: drain_timeout 30 s, "allow active sessions to complete". Nowhere does it say how long an interview may last, and comparable products use 3–5 h.',
  resolution:
    'Two drains: drainTimeout 30 s for callers to look away, sessionDrainTimeout 2 h for sessions to end; the SFU pod gets 2 h and 5 min.',
  why: 'An interview of tens of minutes cannot complete in 30 s; routing and sessions leave a server for different reasons and at different speeds.',
  formula:
    'affinity.failover.sessionDrainTimeout ≥ sessions.maxDuration, and pools.sfu.terminationGrace ≥ sessions.maxDuration + sessions.shutdownMargin',
  fix: 'set affinity.failover.sessionDrainTimeout to sessions.maxDuration or more',
  check({ affinity, sessions, pools }) {
    const { drainTimeout, sessionDrainTimeout = drainTimeout } = affinity.failover
    const needed = sessions.maxDuration.ms + sessions.shutdownMargin.ms
    return [
      ...tooShort('affinity.failover.sessionDrainTimeout', sessionDrainTimeout.ms, sessions.maxDuration.ms),
      ...tooShort('pools.sfu.terminationGrace', pools.sfu.terminationGrace.ms, needed),
    ]
  },
}

function tooShort(path: string, actualMs: number, neededMs: number): Clash[] {
  if (actualMs >= neededMs) return []
  const message = `${time(actualMs)} < ${time(neededMs)}: a drain would end interviews that are under way`
  return [{ path, message, actual: time(actualMs), limit: `at least ${time(neededMs)}` }]
}

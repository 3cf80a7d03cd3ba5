import type { LintRule } from './rule.ts'
import { affinity001 } from './rules/affinity-001.ts'
import { affinity002 } from './rules/affinity-002.ts'
import { backup001 } from './rules/backup-001.ts'
import { breaker001 } from './rules/breaker-001.ts'
import { breaker002 } from './rules/breaker-002.ts'
import { breaker003 } from './rules/breaker-003.ts'
import { budget001 } from './rules/budget-001.ts'
import { budget002 } from './rules/budget-002.ts'
import { budget003 } from './rules/budget-003.ts'
import { dns001 } from './rules/dns-001.ts'
import { dr001 } from './rules/dr-001.ts'
import { drain001 } from './rules/drain-001.ts'
import { failover001 } from './rules/failover-001.ts'
import { gpu001 } from './rules/gpu-001.ts'
import { gpu002 } from './rules/gpu-002.ts'
import { gpu003 } from './rules/gpu-003.ts'
import { ladder001 } from './rules/ladder-001.ts'
import { ladder002 } from './rules/ladder-002.ts'
import { latency001 } from './rules/latency-001.ts'
import { metric001 } from './rules/metric-001.ts'
import { metric002 } from './rules/metric-002.ts'
import { priority001 } from './rules/priority-001.ts'
import { recording001 } from './rules/recording-001.ts'
import { reschedule001 } from './rules/reschedule-001.ts'
import { ring001 } from './rules/ring-001.ts'
import { ring002 } from './rules/ring-002.ts'
import { rpo001 } from './rules/rpo-001.ts'
import { rpo002 } from './rules/rpo-002.ts'
import { rto001 } from './rules/rto-001.ts'
import { rto002 } from './rules/rto-002.ts'
import { rto003 } from './rules/rto-003.ts'
import { savings001 } from './rules/savings-001.ts'
import { state001 } from './rules/state-001.ts'
import { state002 } from './rules/state-002.ts'

/** Every rule of `iv lint`, by id. */
export const lintRules: readonly LintRule[] = [
  affinity001,
  affinity002,
  backup001,
  breaker001,
  breaker002,
  breaker003,
  budget001,
  budget002,
  budget003,
  dns001,
  dr001,
  drain001,
  failover001,
  gpu001,
  gpu002,
  gpu003,
  ladder001,
  ladder002,
  latency001,
  metric001,
  metric002,
  priority001,
  recording001,
  reschedule001,
  ring001,
  ring002,
  rpo001,
  rpo002,
  rto001,
  rto002,
  rto003,
  savings001,
  state001,
  state002,
]

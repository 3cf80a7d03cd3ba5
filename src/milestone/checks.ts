import type { MilestoneCheckName } from '../spec/schema/capacity.ts'
import type { CheckInput, CheckKind, MilestoneCheck } from './check.ts'
import {
  deployedCheck,
  edgeLatencyCheck,
  loadTestCheck,
  regionDrillCheck,
  zoneDrillCheck,
} from './evidence.ts'
import { beforeDemandCheck, plannedGpusCheck, plannedSessionsCheck } from './planned.ts'
import { edgeCheck, failoverTargetsCheck, regionsCheck, zonesCheck } from './specified.ts'

export const checkKinds: Readonly<Record<MilestoneCheckName, CheckKind>> = {
  regions: regionsCheck,
  zones: zonesCheck,
  edge: edgeCheck,
  'failover-targets': failoverTargetsCheck,
  'planned-sessions': plannedSessionsCheck,
  'planned-gpus': plannedGpusCheck,
  'before-demand': beforeDemandCheck,
  deployed: deployedCheck,
  'load-test': loadTestCheck,
  'zone-drill': zoneDrillCheck,
  'region-drill': regionDrillCheck,
  'edge-latency': edgeLatencyCheck,
}

export function checkMilestone(input: CheckInput): MilestoneCheck[] {
  return (input.milestone.checks ?? []).map((id) => ({ id, ...checkKinds[id].look(input) }))
}

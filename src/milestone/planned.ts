import { type CheckInput, computed, type CheckKind, missing } from './check.ts'
import { slackOf } from './slack.ts'

export const plannedSessionsCheck: CheckKind = {
  asks: 'Do the SFU servers that the specification allows carry the promised interviews?',
  next: 'raise pools.sfu.instances.maximum; `iv capacity-plan` says to what',
  look(input) {
    const { pools } = input.specification
    const each = pools.sfu.trigger.scaleOut
    return planned(input, { each, maximum: pools.sfu.instances.maximum, pool: 'sfu', unit: 'servers' })
  },
}

export const plannedGpusCheck: CheckKind = {
  asks: 'Do the GPU nodes that the specification allows carry the promised interviews?',
  next: 'raise pools.llm.instances.maximum; `iv capacity-plan` says to what',
  look(input) {
    const { pools, gpu } = input.specification
    if (gpu.nodeInterviews === undefined) return missing('gpu.nodeInterviews is not set: measure it')
    const { maximum } = pools.llm.instances
    return planned(input, { each: gpu.nodeInterviews, maximum, pool: 'llm', unit: 'nodes' })
  },
}

export const beforeDemandCheck: CheckKind = {
  asks: 'Is it due before projected demand outgrows the capacity before it?',
  next: 'bring the milestone forward, or correct the growth table',
  look({ specification, milestone, name }) {
    const slack = slackOf(specification, milestone)
    const path = `milestones.${name}.until`
    if (!slack) return computed(true, 'the growth table never outgrows what is there before', path)
    const { neededBy, days, capacityBefore } = slack
    const when = `due ${milestone.until}, needed ${neededBy}`
    const why =
      capacityBefore === 0 ? 'from the first interview on' : `demand passes ${number(capacityBefore)}`
    return computed(days >= 0, `${when} (${why}): ${days} days`, path)
  },
}

interface Planned {
  each: number
  maximum: number
  pool: string
  unit: string
}

function planned({ specification, milestone }: CheckInput, { each, maximum, pool, unit }: Planned) {
  const wanted = milestone.concurrentInterviews ?? 0
  const regions = Object.keys(specification.regions).length
  const carried = Math.floor(regions * maximum * each)
  const sum = `${regions} regions × ${maximum} ${unit} × ${each} = ${number(carried)}`
  const reason = `${sum} ${carried >= wanted ? '≥' : '<'} ${number(wanted)} interviews`
  return computed(carried >= wanted, reason, `pools.${pool}.instances.maximum`)
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

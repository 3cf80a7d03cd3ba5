import { type CheckInput, computed, type CheckKind, type Found } from './check.ts'

export const regionsCheck: CheckKind = {
  asks: 'Does the specification have as many regions as the milestone promises?',
  next: 'add regions to the specification',
  look({ specification, milestone }) {
    const there = Object.keys(specification.regions).length
    const wanted = milestone.regionCount ?? 1
    return computed(there >= wanted, `${there} of ${wanted} regions are specified`, 'regions')
  },
}

export const zonesCheck: CheckKind = {
  asks: 'Does every region have two zones, and every pool two instances to spread over them?',
  next: 'name more zones in regions.*.zones, or raise pools.*.instances.minimum',
  look({ specification: { regions, pools } }) {
    const narrow = Object.entries(regions).filter(([, { zones }]) => zones.length < 2)
    const single = Object.entries(pools).filter(([, { instances }]) => instances.minimum < 2)
    const names = [...narrow, ...single].map(([name]) => name)
    const holds = names.length === 0
    const reason = holds ? 'every region and pool has two or more' : `less than two: ${names.join(', ')}`
    return computed(holds, reason, 'regions')
  },
}

export const edgeCheck: CheckKind = {
  asks: 'Is there a region that serves media at the edge?',
  next: 'add a region with the role edge',
  look({ specification: { regions } }) {
    const edges = Object.values(regions).filter(({ role }) => role === 'edge').length
    return computed(edges > 0, `${edges} regions have the role edge`, 'regions')
  },
}

export const failoverTargetsCheck: CheckKind = {
  asks: 'Has every region that serves somewhere to fail over to?',
  next: 'name regions.*.failoverTo',
  look: withoutTarget,
}

function withoutTarget({ specification: { regions } }: CheckInput): Found {
  const serving = Object.entries(regions).filter(([, { role }]) => role === 'primary' || role === 'active')
  const lost = serving.filter(([, { failoverTo }]) => failoverTo === undefined).map(([name]) => name)
  const holds = lost.length === 0
  const reason = holds
    ? `${serving.length} of ${serving.length} have a target`
    : `no target: ${lost.join(', ')}`
  return computed(holds, reason, 'regions')
}

/** Amounts of what a node has and an item takes, in one fixed order: cores, bytes of memory, GPUs, pods. */
export type Amounts = readonly [cpu: number, memory: number, gpus: number, pods: number]

export interface Kind {
  name: string
  takes: Amounts
  count: number
}

/** Nodes that look alike: what is on one of them, and how many there are. */
export interface Filled {
  nodes: number
  items: ReadonlyMap<string, number>
  used: Amounts
}

const tolerance = 1e-9

/**
 * Packs items into as few equal nodes as first-fit decreasing finds, trying several orders. Kinds with a count keep
 * it fast for thousands of instances: nodes that would be filled alike are filled at once.
 * @returns undefined when a kind does not fit an empty node.
 */
export function pack(kinds: readonly Kind[], capacity: Amounts): Filled[] | undefined {
  const wanted = kinds.filter(({ count }) => count > 0)
  if (wanted.some(({ takes }) => fits(takes, capacity) < 1)) return undefined
  const plans = orders(capacity).map((measure) =>
    firstFit(
      wanted.toSorted((left, right) => measure(right.takes) - measure(left.takes)),
      capacity,
    ),
  )
  return plans.reduce((best, plan) => (nodesIn(plan) < nodesIn(best) ? plan : best))
}

export function nodesIn(plan: readonly Filled[]): number {
  return plan.reduce((sum, { nodes }) => sum + nodes, 0)
}

/** Sizes by which items may be sorted: the scarcest share, the sum of shares, each resource alone. */
function orders(capacity: Amounts): ((takes: Amounts) => number)[] {
  const shares = (takes: Amounts): number[] => takes.map((amount, i) => share(amount, capacity[i] ?? 0))
  return [
    (takes) => Math.max(...shares(takes)),
    (takes) => shares(takes).reduce((sum, value) => sum + value, 0),
    (takes) => share(takes[0], capacity[0]),
    (takes) => share(takes[1], capacity[1]),
    (takes) => share(takes[2], capacity[2]),
  ]
}

function firstFit(sorted: readonly Kind[], capacity: Amounts): Filled[] {
  const left = new Map(sorted.map(({ name, count }) => [name, count]))
  const plan: Filled[] = []
  while ([...left.values()].some((count) => count > 0)) {
    const { items, used } = fillOne(sorted, left, capacity)
    const alike = [...items].map(([name, count]) => Math.floor((left.get(name) ?? 0) / count))
    const nodes = Math.min(...alike)
    for (const [name, count] of items) left.set(name, (left.get(name) ?? 0) - count * nodes)
    plan.push({ nodes, items, used })
  }
  return plan
}

function fillOne(
  sorted: readonly Kind[],
  left: ReadonlyMap<string, number>,
  capacity: Amounts,
): { items: Map<string, number>; used: Amounts } {
  const items = new Map<string, number>()
  let free = capacity
  for (const { name, takes } of sorted) {
    const count = Math.min(left.get(name) ?? 0, fits(takes, free))
    if (count === 0) continue
    items.set(name, count)
    free = minus(free, takes, count)
  }
  return { items, used: minus(capacity, free, 1) }
}

function fits(takes: Amounts, free: Amounts): number {
  const counts = takes.map((amount, i) =>
    amount > 0 ? Math.floor((free[i] ?? 0) / amount + tolerance) : Number.POSITIVE_INFINITY,
  )
  return Math.min(...counts)
}

function minus(from: Amounts, takes: Amounts, count: number): Amounts {
  const [cpu, memory, gpus, pods] = from
  return [cpu - takes[0] * count, memory - takes[1] * count, gpus - takes[2] * count, pods - takes[3] * count]
}

function share(amount: number, capacity: number): number {
  if (amount === 0) return 0
  return capacity > 0 ? amount / capacity : Number.POSITIVE_INFINITY
}

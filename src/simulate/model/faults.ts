import { touch } from '../scenario/targets.ts'
import { loseWorker } from './ears.ts'
import { note } from './history.ts'
import type { GpuPool } from './gpu.ts'
import { classCount } from './gpu.ts'
import { type Pool, states } from './pool.ts'
import { type CountedPool, countedPools, emptyServer, serve, startInstance, startServer } from './pools.ts'
import { interrupt } from './recovery.ts'
import type { Region } from './region.ts'
import { phases } from './session.ts'
import { events, type Handlers, type Injected, later, type World } from './world.ts'

export const faultHandlers: Handlers = {
  fault(world, index) {
    const injected = world.faults[index] as Injected
    note(world, { region: injected.fault.region ?? null, what: 'fault', text: textOf(injected) })
    begin(world, injected)
  },
  heal(world, index) {
    const injected = world.faults[index] as Injected
    note(world, { region: injected.fault.region ?? null, what: 'healed', text: textOf(injected) })
    for (const undo of injected.undo.splice(0)) undo()
    for (const region of world.regions) {
      if (!touches(injected, region)) continue
      serve(world, region)
      if (goesOn(world, injected)) continue
      world.watches.push({ metric: 'recovery-after-restore', region: region.index, since: world.kernel.now })
    }
  },
}

/** Another fault on the same target begins at the instant at which this one ends: nothing was restored. */
function goesOn({ faults }: World, { fault, target }: Injected): boolean {
  return faults.some((next) => next.fault.at.ms === fault.until?.ms && touch(next.target, target))
}

function textOf({ fault: { action, target, percent, instances, factor } }: Injected): string {
  const amount = percent === undefined ? (instances ?? '') : `${percent} % of`
  return [action, amount, target, factor === undefined ? '' : `times ${factor}`]
    .filter((part) => part !== '')
    .join(' ')
}

function touches({ target }: Injected, { name, index }: Region): boolean {
  if (target.kind === 'pool') return target.regions.includes(name)
  if (target.kind === 'region' || target.kind === 'zone') return target.region === name
  return target.kind === 'link' ? target.from === name : index >= 0
}

function begin(world: World, injected: Injected): void {
  const { target, fault, undo } = injected
  for (const region of world.regions.filter((one) => touches(injected, one))) {
    if (target.kind === 'region') undo.push(loseRegion(world, region))
    if (target.kind === 'zone') undo.push(loseZone(world, region, target.zone))
    if (target.kind === 'link') undo.push(cut(world, region))
    if (target.kind !== 'pool') continue
    if (fault.action === 'stale') undo.push(freeze(world, region, target.pool))
    else if (fault.action === 'slow') undo.push(slowDown(region, target.pool, fault.factor ?? 1))
    else undo.push(kill(world, region, injected))
  }
  if (target.kind !== 'dns') return
  world.dnsDownSince = world.kernel.now
  undo.push(() => {
    world.dnsDownSince = -1
  })
}

function loseRegion(world: World, region: Region): () => void {
  const { now } = world.kernel
  region.alive = false
  region.lostAt = now
  world.watches.push({ metric: 'outage', region: region.index, since: now })
  for (const session of world.sessions) {
    if (
      session.region === region.index &&
      session.phase !== phases.ended &&
      session.phase !== phases.interrupted
    ) {
      interrupt(world, session, region.index)
    }
  }
  for (let priority = 0; priority < classCount; priority += 1) {
    region.llm.drop(priority, region.llm.running[priority] as number)
  }
  return () => {
    region.alive = true
    region.aliveSince = world.kernel.now
  }
}

function cut(world: World, region: Region): () => void {
  region.link.cutAt = world.kernel.now
  return () => {
    region.link.cutAt = -1
    region.link.degradedAt = -1
  }
}

function freeze(world: World, region: Region, pool: string): () => void {
  const hit = world.autoscalers.filter((one) => one.region === region.index && one.pool === pool)
  for (const scaled of hit) scaled.stale = true
  return () => {
    for (const scaled of hit) scaled.stale = false
  }
}

function slowDown(region: Region, name: string, factor: number): () => void {
  const pool = poolNamed(region, name)
  if (!pool) return () => {}
  pool.slow = factor
  return () => {
    pool.slow = 1
  }
}

function poolNamed(region: Region, name: string): Pool | undefined {
  if (name === 'fallback-speech') return region.fallback
  const counted = countedPools.find((pool) => pool === name)
  return counted === undefined ? undefined : region[counted]
}

/** Instances go at once. Held down until the fault is healed where it says when; else started anew. */
function kill(world: World, region: Region, { fault, target }: Injected): () => void {
  if (target.kind !== 'pool') return () => {}
  const share = fault.percent ?? 100
  const count = (of: number): number => Math.min(of, fault.instances ?? Math.ceil((of * share) / 100))
  if (target.pool === 'sfu') {
    const ready = region.sfu.ready()
    return killServers(world, region, { numbers: ready.slice(0, count(ready.length)), replace: !fault.until })
  }
  const pool = poolNamed(region, target.pool)
  if (!pool) return () => {}
  const ready = pool.numbersIn(states.ready)
  const numbers = ready.slice(0, count(ready.length))
  if (share === 100 && fault.instances === undefined && fault.until) pool.held = true
  const restore = killInstances(world, region, {
    name: target.pool as CountedPool,
    pool,
    numbers,
    replace: !fault.until,
  })
  return () => {
    pool.held = false
    restore()
  }
}

interface Killed {
  name: CountedPool
  pool: Pool
  numbers: readonly number[]
  replace: boolean
}

function killInstances(world: World, region: Region, { name, pool, numbers, replace }: Killed): () => void {
  const before = pool.ready
  for (const number of numbers) {
    pool.change(number, replace ? states.gone : states.down)
    if (name === 'asr') loseWorker(world, region, { worker: number, killed: true })
    if (replace && countedPools.includes(name)) startInstance(world, region, name)
  }
  if (name === 'llm' && before > 0) dropRequests(world, region, numbers.length / before)
  return () => {
    for (const number of numbers)
      if (pool.instances[number]?.state === states.down) pool.change(number, states.ready)
  }
}

function killServers(
  world: World,
  region: Region,
  { numbers, replace }: { numbers: readonly number[]; replace: boolean },
): () => void {
  for (const number of numbers) {
    region.sfu.get(number).state = replace ? states.gone : states.down
    if (replace) startServer(world, region)
  }
  for (const number of numbers) emptyServer(world, number, { lostRegion: -1, why: 'fault' })
  return () => {
    for (const number of numbers) {
      const server = region.sfu.get(number)
      if (server.state === states.down) server.state = states.ready
    }
  }
}

/** Requests on nodes that are gone: callers who wait for one learn it from their time limit only. */
function dropRequests(world: World, region: Region, share: number): void {
  const llm: GpuPool = region.llm
  for (let priority = 0; priority < classCount; priority += 1) {
    const lost = Math.round((llm.running[priority] as number) * share)
    if (lost > 0) llm.drop(priority, lost)
  }
  for (const session of world.sessions) {
    if (session.region !== region.index || session.phase !== phases.thinking || !session.onGpu) continue
    if (!world.random.faults.chance(share)) continue
    session.step += 1
    later(world, session, { ms: world.constants.llmTimeoutMs, event: events.llmTimeout })
  }
}

/** Everything in one zone; what is lost is started in the others, at the pace of machines. */
function loseZone(world: World, region: Region, zone: string): () => void {
  const index = region.zones.indexOf(zone)
  world.watches.push({ metric: 'outage', region: region.index, since: world.kernel.now })
  const servers = region.sfu.ready().filter((number) => region.sfu.get(number).zone === index)
  killServers(world, region, { numbers: servers, replace: true })
  for (const name of countedPools) {
    const pool = region[name]
    const numbers = pool.numbersIn(states.ready).filter((number) => pool.instances[number]?.zone === index)
    killInstances(world, region, { name, pool, numbers, replace: true })
  }
  return () => {}
}

import { poolNames, type PoolName } from '../../spec/schema/pool.ts'
import { loseWorker, serveEars } from './ears.ts'
import { violate } from './history.ts'
import { states } from './pool.ts'
import { interrupt } from './recovery.ts'
import type { Region } from './region.ts'
import { serveGpus } from './serving.ts'
import { serveVoices } from './voices.ts'
import { events, type Handlers, type World } from './world.ts'

/** The pools that are numbers of slots; media servers are known one by one. */
export type CountedPool = Exclude<PoolName, 'sfu'>
export const countedPools = poolNames.filter((name): name is CountedPool => name !== 'sfu')

/** A new instance, which serves after its machine and itself have started. */
export function startInstance(world: World, region: Region, name: CountedPool): void {
  const number = region[name].start(states.starting)
  const { startup } = world.specification.pools[name]
  const ms = startup.ms + world.capacity.nodeStartSeconds * 1000
  const handle = world.kernel.after(ms, events.instanceReady, number)
  world.kernel.attach(handle, region.index * poolNames.length + poolNames.indexOf(name))
}

export function startServer(world: World, region: Region): void {
  const number = region.sfu.start(states.starting)
  const ms = world.specification.pools.sfu.startup.ms + world.capacity.nodeStartSeconds * 1000
  world.kernel.after(ms, events.serverReady, number)
}

/** The last that was ready leaves in good order: what it has in hand is handed over or ends by itself. */
export function stopInstance(world: World, region: Region, name: CountedPool): void {
  const pool = region[name]
  const number = pool.numbersIn(states.starting).at(-1) ?? pool.numbersIn(states.ready).at(-1)
  if (number === undefined) return
  pool.change(number, states.gone)
  if (name === 'asr') loseWorker(world, region, { worker: number, killed: false })
}

/** The server with fewest sessions refuses new ones, and goes when it is empty or its time is over. */
export function drainServer(world: World, region: Region): void {
  const [number] = region.sfu
    .wanted()
    .toSorted((left, right) => region.sfu.get(left).sessions - region.sfu.get(right).sessions)
  if (number === undefined) return
  const server = region.sfu.get(number)
  server.draining = true
  region.sfu.changed()
  world.kernel.after(world.constants.drainMs, events.drainEnd, number)
}

export const poolHandlers: Handlers = {
  instanceReady(world, number, where) {
    const region = world.regions[Math.floor(where / poolNames.length)] as Region
    const name = poolNames[where % poolNames.length] as CountedPool
    const pool = region[name]
    if (pool.instances[number]?.state !== states.starting) return
    pool.change(number, states.ready)
    serve(world, region)
  },
  serverReady(world, number) {
    const server = world.servers[number]
    if (server?.state === states.starting) server.state = states.ready
  },
  /** Whoever still talks on a server whose drain is over loses it. */
  drainEnd(world, number) {
    const server = world.servers[number]
    if (!server || server.state === states.gone) return
    if (server.sessions > 0) world.measures.counts['ended-by-scale-in'].value += server.sessions
    emptyServer(world, number, { lostRegion: -1, why: 'scale-in' })
    server.state = states.gone
  },
}

/** Whatever waits for what is there now again. */
export function serve(world: World, region: Region): void {
  serveEars(world, region)
  serveVoices(world, region.index)
  serveGpus(world, region)
  serveEvaluations(world, region)
}

/** Interrupts everybody on a server. */
export function emptyServer(
  world: World,
  number: number,
  { lostRegion, why }: { lostRegion: number; why: 'fault' | 'scale-in' },
): void {
  const held = world.sessions.filter(({ server }) => server === number)
  for (const session of held) interrupt(world, session, lostRegion)
  if (why === 'scale-in' && held.length > 0) {
    violate(world, 'ended-by-scale-in', `server ${number} held ${held.length} when its drain ended`)
  }
}

/** An interview is scored afterwards, in a queue of its own. */
export const evaluationHandlers: Handlers = {
  evaluate(world, index) {
    const region = world.regions[index]
    if (!region) return
    region.evaluation.lines.join(world.load.evaluations)
    world.load.evaluations += 1
    serveEvaluations(world, region)
  },
  evaluated(world, index) {
    const region = world.regions[index]
    if (!region) return
    region.evaluation.busy -= 1
    serveEvaluations(world, region)
  },
}

function serveEvaluations(world: World, region: Region): void {
  const { evaluation } = region
  while (evaluation.lines.length > 0 && !evaluation.full) {
    evaluation.lines.take()
    evaluation.busy += 1
    const ms =
      world.random.evaluation.exponential(world.capacity.evaluationMinutes * 60_000) * evaluation.slow
    world.kernel.after(ms, events.evaluated, region.index)
  }
}

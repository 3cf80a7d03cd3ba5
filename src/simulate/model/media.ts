import type { Session } from './session.ts'
import type { World } from './world.ts'

/**
 * The way of one packet from mouth to ear, in milliseconds, counted whole and by part. A server above its threshold
 * forwards later, with the square of how far it is above.
 */
export function sampleMedia(world: World, session: Session): number {
  const { numbers, random, measures, specification } = world
  const { path } = measures
  const { network } = random
  const capture = numbers.captureMs * network.uniformBetween(0.8, 1.2)
  const spread = (session.networkMs * numbers.networkSpreadPercent) / 100
  const onTheWay = session.networkMs + network.exponential(spread)
  const over = (world.servers[session.server]?.sessions ?? 0) / specification.pools.sfu.trigger.scaleOut
  const server = numbers.sfuForwardMs * Math.max(1, over * over) * network.uniformBetween(0.5, 1.5)
  const region = session.region === session.home ? 0 : numbers.crossRegionMs
  const buffer = numbers.jitterBufferMs * network.uniformBetween(0.5, 1.5) + spread
  const playout = numbers.playoutMs
  path.capture.add(capture)
  path.network.add(onTheWay)
  path.server.add(server)
  path.region.add(region)
  path.jitterBuffer.add(buffer)
  path.playout.add(playout)
  const whole = capture + onTheWay + server + region + buffer + playout
  measures.times['mouth-to-ear'].add(whole)
  return whole
}

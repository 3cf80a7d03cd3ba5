import type { Specification } from '../../../spec/schema/specification.ts'
import { mediaMetricsPort, rtcTcpPort, turnTlsPort, turnUdpPort } from '../../rules/media-ports.ts'
import { jsonDocument } from '../json.ts'

/** Room for what a session opens beyond the usual, before a server takes no new track. */
const trackMargin = 1.25

/**
 * Tracks that a server takes at most. LiveKit has no limit on rooms; this is a safety stop, and not the document's 80
 * sessions, which are where the pool grows.
 */
export function mostTracks({ affinity, media, pools }: Specification): number {
  const sessions = affinity.maxSessionsPerServer ?? Math.ceil(pools.sfu.trigger.scaleOut * trackMargin)
  return sessions * media.sessionTracks
}

export function turnDomain({ domain, media }: Specification): string {
  return media.turnDomain ?? `turn.${domain ?? 'localhost'}`
}

/**
 * The configuration of LiveKit 1.13, as JSON, which is YAML as well. No secret stands in it: API keys, the password of
 * the session store and the place of the certificate come as environment variables.
 */
export function livekitConfig(specification: Specification, region: string): string {
  const { media, pools, recovery, sessionStore } = specification
  return jsonDocument({
    port: pools.sfu.port,
    region,
    redis: { sentinel_master_name: sessionStore.master, sentinel_addresses: sessionStore.sentinels },
    rtc: {
      tcp_port: rtcTcpPort(pools.sfu.port),
      port_range_start: media.udpPorts.firstPort,
      port_range_end: media.udpPorts.lastPort,
      /** What candidates are told is the public address of the node. */
      use_external_ip: true,
      congestion_control: { enabled: true, allow_pause: true },
    },
    turn: {
      enabled: true,
      domain: turnDomain(specification),
      tls_port: turnTlsPort,
      udp_port: turnUdpPort,
      relay_range_start: media.relayPorts.firstPort,
      relay_range_end: media.relayPorts.lastPort,
    },
    node_selector: {
      kind: 'sysload',
      sort_by: 'rooms',
      algorithm: 'twochoice',
      sysload_limit: media.loadLimitPercent / 100,
    },
    limit: { num_tracks: mostTracks(specification) },
    room: {
      auto_create: false,
      /** A room outlives the longest recovery of its candidate. */
      departure_timeout: recovery.offerRescheduleAfter.secondsCeil,
    },
    prometheus: { port: mediaMetricsPort },
  })
}

import type { Specification } from '../../spec/schema/specification.ts'
import type { Container } from '../pod.ts'

/** Ports of one media server beside the one for signalling, as LiveKit numbers them. On the host network they are the node's. */
export const turnTlsPort = 5349
export const turnUdpPort = 3478
export const mediaMetricsPort = 6789

/**
 * Signalling on the pool's port and WebRTC over TCP on the next one. The relay's TLS port becomes 443 at the load
 * balancer, since a process without privileges opens no port below 1024. The UDP range is not declared: ten thousand
 * lines would say what one says.
 */
export function mediaPorts(signalPort: number): Container['ports'] {
  return [
    { name: 'http', protocol: 'TCP', containerPort: signalPort },
    { name: 'rtc-tcp', protocol: 'TCP', containerPort: rtcTcpPort(signalPort) },
    { name: 'turn-tls', protocol: 'TCP', containerPort: turnTlsPort },
    { name: 'turn-udp', protocol: 'UDP', containerPort: turnUdpPort },
    { name: 'metrics', protocol: 'TCP', containerPort: mediaMetricsPort },
  ]
}

export function rtcTcpPort(signalPort: number): number {
  return signalPort + 1
}

export interface PortOfNode {
  protocol: 'TCP' | 'UDP'
  port: number
  endPort?: number
}

/** What somebody who takes part in a session talks to. */
export function participantPorts({ pools, media }: Specification): PortOfNode[] {
  return [
    { protocol: 'TCP', port: pools.sfu.port },
    { protocol: 'TCP', port: rtcTcpPort(pools.sfu.port) },
    { protocol: 'UDP', port: media.udpPorts.firstPort, endPort: media.udpPorts.lastPort },
  ]
}

import type { Container } from '../pod.ts'

/** Where LiveKit shows its numbers; on the host network a port of the node too. */
export const mediaMetricsPort = 6789

/**
 * Signalling on the pool's port; beside it WebRTC over TCP and over one multiplexed UDP port, the two that follow, as
 * LiveKit numbers them. On the host network each is a port of the node.
 */
export function mediaPorts(signalPort: number): Container['ports'] {
  return [
    { name: 'http', protocol: 'TCP', containerPort: signalPort },
    { name: 'rtc-tcp', protocol: 'TCP', containerPort: signalPort + 1 },
    { name: 'rtc-udp', protocol: 'UDP', containerPort: signalPort + 2 },
  ]
}

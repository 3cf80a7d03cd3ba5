import { assumed } from './sourced.ts'

export const media = {
  certificateSecret: assumed('put there by a person or by cert-manager', 'sfu-turn-tls'),
  keysSecret: assumed('put there by a person', 'sfu-keys'),
  udpPorts: assumed('the range that LiveKit suggests', { firstPort: 50_000, lastPort: 60_000 }),
  relayPorts: assumed('clear of node ports (30000 to 32767) and of the range above', {
    firstPort: 40_000,
    lastPort: 49_999,
  }),
  sessionTracks: assumed('audio and video of a candidate and audio of the agent, both ways: about six', 6),
  loadLimitPercent: assumed('leaves room for the sessions that a server already has', 90),
  fullVideoKbps: assumed('720p at 30 frames, as LiveKit clients encode it', 1700),
  reducedVideoKbps: assumed('360p at 20 frames, as LiveKit clients encode it', 450),
}

export const sessionStore = {
  master: assumed('a name for the one Redis that is written to', 'sessions'),
  sentinels: assumed('three of them, so that two can agree', [
    'session-store-0.session-store.interview-state.svc:26379',
    'session-store-1.session-store.interview-state.svc:26379',
    'session-store-2.session-store.interview-state.svc:26379',
  ]),
  passwordSecret: assumed('put there by a person', 'session-store'),
}

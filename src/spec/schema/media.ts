import { z } from 'zod'
import { label, percent, positive } from './scalars.ts'

const port = z.int().min(1024).max(65535)

const portRange = z.strictObject({
  firstPort: port.describe('first UDP port'),
  lastPort: port.describe('last UDP port'),
})

/** What the media servers are set to beyond their number. */
export const media = z.strictObject({
  turnDomain: z
    .string()
    .min(1)
    .optional()
    .describe(
      'DNS name of the relay for networks that let only HTTPS out; `turn.` before the domain if left out',
    ),
  certificateSecret: label.describe('Secret with its certificate, in the namespace of the media servers'),
  keysSecret: label.describe('Secret with the API keys of the media servers, there as well'),
  udpPorts: portRange.describe('ports of a node to which candidates send audio and video'),
  relayPorts: portRange.describe('ports of a node from which the relay talks to media servers'),
  sessionTracks: positive.describe('audio and video tracks of one session, in and out'),
  loadLimitPercent: percent.describe('load per core above which a server takes no new session'),
  fullVideoKbps: positive.describe('video of a candidate at full quality'),
  reducedVideoKbps: positive.describe('the same while media servers or networks are overloaded'),
})

/** Where a region keeps what a running session needs to go on. One per region, never stretched over two. */
export const sessionStore = z.strictObject({
  master: label.describe('name under which the sentinels know the Redis that is written to'),
  sentinels: z
    .array(z.string().regex(/^[a-z0-9.-]+:\d+$/, 'a host and a port such as redis.data.svc:26379'))
    .min(1)
    .describe('addresses of the Redis sentinels'),
  passwordSecret: label.describe('Secret with the password, in every namespace that reads sessions'),
})

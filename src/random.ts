import { randomBytes } from 'node:crypto'

/** Source of randomness, a collaborator like the clock so that tests can fix it. */
export interface Random {
  bytes(count: number): Uint8Array
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID (48 bits of time in ms, 80 random bits): sorts by time, safe in file names. */
export function newRunId(now: Date, random: Random): string {
  const time = Array.from({ length: 10 }, (_, index) =>
    crockford.charAt(Math.floor(now.getTime() / 32 ** (9 - index)) % 32),
  )
  const noise = Array.from(random.bytes(16), (byte) => crockford.charAt(byte % 32))
  return [...time, ...noise].join('')
}

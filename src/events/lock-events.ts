import { defineEvent } from './define.ts'

export const lockEvents = {
  'lock.watching': defineEvent<{ holder: string; forMs: number }>({
    level: 'info',
    description:
      'The lock of a region looks expired, and is watched before it is taken over: clocks may differ.',
    text: (lock) => `the lock of ${lock.holder} looks expired: watching it for ${lock.forMs / 1000} s`,
  }),
  'lock.outwaiting': defineEvent<{ forMs: number }>({
    level: 'info',
    description:
      'A lock was broken, and its former holder might still write until its Lease would have ended.',
    text: (lock) => `waiting ${lock.forMs / 1000} s until the former holder can write nothing more`,
  }),
  'lock.broken': defineEvent<{ holder: string; since: string }>({
    level: 'warning',
    description: 'The lock of a region was taken from its holder by iv lock break.',
    text: (lock) => `was locked by ${lock.holder} since ${lock.since}: broken`,
  }),
  'lock.taken-over': defineEvent<{ holder: string; since: string }>({
    level: 'warning',
    description: 'The lock of a run that is gone was taken over.',
    text: (lock) => `was locked by ${lock.holder} since ${lock.since}, which is gone: taken over`,
  }),
}

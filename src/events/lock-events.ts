import { defineEvent } from './define.ts'

export const lockEvents = {
  'lock.watching': defineEvent<{ holder: string; forMs: number }>({
    level: 'info',
    description:
      'The lock of a region looks expired, and is watched before it is taken over: clocks may differ.',
    text: (lock) => `the lock of ${lock.holder} looks expired: watching it for ${lock.forMs / 1000} s`,
  }),
  'lock.taken-over': defineEvent<{ holder: string; since: string }>({
    level: 'warning',
    description: 'The lock of a run that is gone was taken over.',
    text: (lock) => `was locked by ${lock.holder} since ${lock.since}, which is gone: taken over`,
  }),
}

/** What `iv gate` asks before a change goes on, in the order of its rows. */
export const gateNames = [
  'validate',
  'render',
  'lint',
  'policy',
  'drift',
  'capacity',
  'cost',
  'evidence',
] as const
export type GateName = (typeof gateNames)[number]

/** The rungs of the ladder as variants of a flag: `L1` (full capability) to `L5` (reschedule). */
export const levelNames = ['L1', 'L2', 'L3', 'L4', 'L5'] as const
export type LevelName = (typeof levelNames)[number]

/** What the objects of a region are called; identities, never renamed. */
export const degradationFlags = {
  /** FeatureFlag object, flags set of flagd. */
  object: 'degradation',
  manual: 'degradation-manual',
  automatic: 'degradation-auto',
} as const

/** Parts that are given up or switched over one by one, each a flag of its own. */
export const switchNames = [
  'asr-fallback',
  'text-on-screen',
  'audio-only',
  'adaptive-bitrate',
  'manual-transcript',
  'question-bank-cached',
] as const
export type SwitchName = (typeof switchNames)[number]

/** What an alert says of the ladder: its trigger, and the level or the switch that it leads to. */
export const alertLabels = { trigger: 'trigger', level: 'iv_level', turnsOn: 'iv_switch' } as const

export function levelNumber(name: LevelName): number {
  return levelNames.indexOf(name) + 1
}

/** The level that callers act on: whoever is more careful wins. A breaker of their own may ask for more. */
export function effectiveLevel(manual: LevelName, automatic: LevelName): LevelName {
  return levelNumber(manual) >= levelNumber(automatic) ? manual : automatic
}

/**
 * A rule of flagd that always says the same variant. It is how a level is set: the stack applies the flag without a
 * rule, so it owns none, and no later deploy takes one back.
 */
export function always(variant: string): object {
  return { if: [true, variant] }
}

/** The variant that a flag's rule always says; undefined where it has no rule, or one that is not ours. */
export function alwaysOf(targeting: unknown): string | undefined {
  const { if: rule } = (targeting ?? {}) as { if?: unknown }
  return Array.isArray(rule) && rule[0] === true && typeof rule[1] === 'string' ? rule[1] : undefined
}

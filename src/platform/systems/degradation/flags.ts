import { degradationFlags, levelNames, levelNumber, switchNames } from '../../../degrade/level.ts'
import type { Specification } from '../../../spec/schema/specification.ts'

const levelVariants = Object.fromEntries(levelNames.map((name) => [name, levelNumber(name)]))

/** The flags of a region, none with a rule: rules are set by people, and by the receiver of alerts. */
export function degradationFlagSet({ degradation }: Specification) {
  const titles = Object.fromEntries(
    Object.values(degradation.levels).map(({ levelNumber: level, title }) => [`L${level}`, title]),
  )
  const level = { state: 'ENABLED', variants: levelVariants, defaultVariant: 'L1', metadata: titles }
  const off = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' }
  return {
    [degradationFlags.manual]: level,
    [degradationFlags.automatic]: level,
    ...Object.fromEntries(switchNames.map((name) => [name, off])),
  }
}

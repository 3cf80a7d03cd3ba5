import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { assumptionNames, assumptionOf, type Overrides } from './parameters.ts'

const extra = ['interviewsPerGpuNode', 'gpuNodeQuota', 'rampPercentPerMinute'] as const

export interface SplitSettings {
  overrides: Overrides
  /** What is left: values of the specification. */
  specification: readonly string[]
}

/**
 * `--set capacity.NAME=VALUE` sets a number of the model, everything else a value of the specification.
 * @throws {Failure} USAGE for a name that the model does not have, or a value out of its range.
 */
export function splitSettings(settings: readonly string[]): SplitSettings {
  const ours = settings.filter((text) => text.trim().startsWith('capacity.'))
  return {
    overrides: Object.fromEntries(ours.map(overrideOf)),
    specification: settings.filter((text) => !ours.includes(text)),
  }
}

function overrideOf(text: string): [string, number] {
  const [key = '', value = ''] = text.trim().slice('capacity.'.length).split('=', 2)
  const names: string[] = [...assumptionNames, ...extra]
  if (!names.includes(key)) {
    throw new Failure('USAGE', `--set ${text}: the model has no number capacity.${key}`, {
      next: suggestion(key, names),
    })
  }
  const number = value.trim() === '' ? Number.NaN : Number(value)
  const known = assumptionNames.find((name) => name === key)
  const { above = 0, atMost = 1e12, unit = '' } = known === undefined ? {} : assumptionOf(known)
  if (number > above && number <= atMost) return [key, number]
  throw new Failure(
    'USAGE',
    `--set ${text}: ${JSON.stringify(value)} is not a number above ${above} and at most ${atMost}`,
    {
      next: `write for example --set capacity.${key}=${known === undefined ? 20 : assumptionOf(known).value}${unit === '' ? '' : ` (${unit})`}`,
    },
  )
}

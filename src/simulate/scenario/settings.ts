import { parse } from 'yaml'
import { Failure } from '../../failure.ts'

/** `--set scenario.interviews=500`: one value over the file of the scenario. */
export interface ScenarioSetting {
  /** Dotted, below the scenario; list positions are numbers. */
  path: string
  value: unknown
  /** As it was written, for errors. */
  text: string
}

export interface SplitSettings {
  scenario: readonly ScenarioSetting[]
  /** `simulate.NAME=NUMBER`, without the prefix. */
  model: readonly string[]
  /** What is left: values of the specification and `capacity.NAME`. */
  rest: readonly string[]
}

/** Sorts settings by what they are about. */
export function splitSettings(settings: readonly string[]): SplitSettings {
  const of = (prefix: string): string[] => settings.filter((text) => text.trim().startsWith(prefix))
  const scenario = of('scenario.')
  const model = of('simulate.')
  return {
    scenario: scenario.map(readSetting),
    model: model.map((text) => text.trim().slice('simulate.'.length)),
    rest: settings.filter((text) => !scenario.includes(text) && !model.includes(text)),
  }
}

function readSetting(text: string): ScenarioSetting {
  const match = /^\s*scenario\.([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)\s*=(.*)$/.exec(text)
  if (!match?.[1]) {
    throw new Failure('USAGE', `--set ${text}: that is no path=value`, {
      next: 'write for example --set scenario.interviews=500 or --set scenario.faults.0.percent=50',
    })
  }
  return { path: match[1], value: parse(match[2] ?? '', { maxAliasCount: 0 }), text: `--set ${text.trim()}` }
}

/** A copy of the tree with the settings in their places. */
export function withSettings(tree: unknown, settings: readonly ScenarioSetting[]): unknown {
  return settings.reduce((before, { path, value }) => replaced(before, path.split('.'), value), tree)
}

function replaced(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(tree))
    return tree.map((item, index) => (String(index) === key ? replaced(item, rest, value) : item))
  const before = typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>) : {}
  return { ...before, [key]: replaced(before[key], rest, value) }
}

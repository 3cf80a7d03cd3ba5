import {
  alertLabels,
  levelNames,
  type LevelName,
  levelNumber,
  switchNames,
  type SwitchName,
} from './level.ts'

/** An alert as Alertmanager's webhook sends it; everything else of it is not read. */
export interface Alert {
  status: 'firing' | 'resolved'
  labels: Readonly<Record<string, string>>
}

/** What one trigger that fires asks for. */
export interface Demand {
  level?: LevelName
  turnsOn?: SwitchName
}

/** Triggers that fire now, by name. Kept on the flag itself, so that a receiver that restarts knows them. */
export type Firing = Readonly<Record<string, Demand>>

/**
 * The triggers that fire after these alerts. One message holds one group of alerts only, so what it does not speak of
 * stays as it was. An alert that names neither a level nor a switch of ours is not ours.
 */
export function afterAlerts(firing: Firing, alerts: readonly Alert[]): Firing {
  const next = new Map(Object.entries(firing))
  for (const { status, labels } of alerts) {
    const trigger = labels[alertLabels.trigger]
    const demand = demandOf(labels)
    if (trigger === undefined || demand === undefined) continue
    if (status === 'firing') next.set(trigger, demand)
    else next.delete(trigger)
  }
  return Object.fromEntries([...next].toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/** The level that the firing triggers amount to: the most careful one. */
export function automaticLevel(firing: Firing): LevelName {
  const numbers = Object.values(firing).map(({ level }) => (level === undefined ? 1 : levelNumber(level)))
  return levelNames[Math.max(1, ...numbers) - 1] ?? 'L1'
}

export function switchesOn(firing: Firing): SwitchName[] {
  const on = new Set(Object.values(firing).map(({ turnsOn }) => turnsOn))
  return switchNames.filter((name) => on.has(name))
}

/** What the flag remembers; nothing where it is not what was written. */
export function firingOf(text: unknown): Firing {
  if (typeof text !== 'string') return {}
  try {
    const parsed = JSON.parse(text) as Record<string, Record<string, string>>
    const known = Object.entries(parsed).map(([name, { level, turnsOn }]): [string, Demand] => [
      name,
      demandOf({ [alertLabels.level]: level ?? '', [alertLabels.turnsOn]: turnsOn ?? '' }) ?? {},
    ])
    return Object.fromEntries(known)
  } catch {
    return {}
  }
}

function demandOf(labels: Readonly<Record<string, string>>): Demand | undefined {
  const level = levelNames.find((name) => name === labels[alertLabels.level])
  const turnsOn = switchNames.find((name) => name === labels[alertLabels.turnsOn])
  if (level === undefined && turnsOn === undefined) return undefined
  return { ...(level === undefined ? {} : { level }), ...(turnsOn === undefined ? {} : { turnsOn }) }
}

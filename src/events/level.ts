import type { Level } from './define.ts'

const ranks: Readonly<Record<Level, number>> = { debug: 0, info: 1, warning: 2, error: 3 }

export function atLeast(level: Level, least: Level): boolean {
  return ranks[level] >= ranks[least]
}

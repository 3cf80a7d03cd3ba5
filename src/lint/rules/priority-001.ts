import type { Clash, LintRule } from '../rule.ts'

export const priority001: LintRule = {
  id: 'IV-PRIORITY-001',
  severity: 'warning',
  title: 'Where a class preempts, the classes that give way are named, and only the lowest is one.',
  document: 'Priority Levels: preemption Yes for CRITICAL, No for the others. Whom it displaces is not said.',
  resolution: 'priorities.LOW.evictable is true, all others false.',
  why: 'Request routers know victims, not attackers: any class may end a request of an evictable one, so "only CRITICAL preempts" can be kept for pods alone. Naming LOW as the only victim keeps interviews and scoring safe.',
  formula: 'priorities.*.preemption ⇒ {classes with evictable} = {LOW}',
  fix: 'set priorities.LOW.evictable: true and leave the others false',
  check({ priorities }) {
    const classes = Object.entries(priorities)
    if (!classes.some(([, { preemption }]) => preemption)) return []
    const victims = classes.filter(([, { evictable }]) => evictable).map(([name]) => name)
    const wrong = victims.filter((name) => name !== 'LOW')
    if (victims.length > 0 && wrong.length === 0) return []
    return [clash(victims, wrong[0] ?? 'LOW')]
  },
}

function clash(victims: readonly string[], name: string): Clash {
  const actual = `{${victims.join(', ')}}`
  return {
    path: `priorities.${name}.evictable`,
    message: `${actual} ≠ {LOW}: it is not clear whose requests CRITICAL ends`,
    actual,
    limit: '{LOW}',
  }
}

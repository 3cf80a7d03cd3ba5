import type { Policy } from './policy.ts'

export const backupsStay: Policy = {
  id: 'IV-POLICY-103',
  title: 'no backup is kept shorter, or less safely, with a change',
  isAboutChange: true,
  fix: 'ask whoever is responsible for the data; then accept this finding',
  check({ platform, past }) {
    const before = past?.specification.backups
    if (!before) return []
    const { backups } = platform.specification
    return (Object.keys(before) as (keyof typeof before)[]).flatMap((name) => {
      const [old, next] = [before[name], backups[name]]
      const path = `backups.${name}`
      return [
        ...(next.retention.ms < old.retention.ms
          ? [
              {
                path: `${path}.retention`,
                message: `${old.retention.toString()} → ${next.retention.toString()}`,
              },
            ]
          : []),
        ...(old.location === 'immutable' && next.location !== 'immutable'
          ? [
              {
                path: `${path}.location`,
                message: `immutable → ${next.location}: copies can then be deleted`,
              },
            ]
          : []),
      ]
    })
  },
}

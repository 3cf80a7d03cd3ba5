import { poolNames } from '../../spec/schema/pool.ts'
import type { Policy } from './policy.ts'

export const poolsShrinkSlowly: Policy = {
  id: 'IV-POLICY-102',
  title: 'a pool loses no more of its bounds at once than gates.maxShrinkPercent',
  isAboutChange: true,
  fix: 'shrink in steps, or accept this finding where it is meant',
  check({ platform, past }) {
    const { pools, gates } = platform.specification
    return poolNames.flatMap((name) =>
      (['minimum', 'maximum'] as const).flatMap((bound) => {
        const from = past?.specification.pools[name].instances[bound] ?? 0
        const to = pools[name].instances[bound]
        const percent = from === 0 ? 0 : (1 - to / from) * 100
        if (percent <= gates.maxShrinkPercent) return []
        const message = `${from} → ${to} takes ${Math.round(percent)} % at once, ${gates.maxShrinkPercent} % are allowed`
        return [{ path: `pools.${name}.instances.${bound}`, message }]
      }),
    )
  },
}

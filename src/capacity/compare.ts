import { Failure } from '../failure.ts'
import { type CapacityModel, type HorizonPlan, planHorizon } from './horizon.ts'
import { atRow, type Demand } from './growth.ts'
import { surviveModes } from './survive.ts'

/**
 * Two plans side by side. Each is a row of the growth table, a loss that is survived, or both: `y1,y2`,
 * `none,region`, `y2/node,y3/zone`; what is left out is that of the command.
 */
export function comparePlans(text: string, model: CapacityModel, demand: Demand): [HorizonPlan, HorizonPlan] {
  const [left, right, ...more] = text.split(',').map((part) => part.trim())
  if (!left || !right || more.length > 0) {
    throw new Failure('USAGE', `--compare ${text} does not name two plans`, {
      next: 'write for example --compare y1,y2 or --compare none,region or --compare y2/none,y2/region',
    })
  }
  return [planned(left, model, demand), planned(right, model, demand)]
}

function planned(name: string, model: CapacityModel, demand: Demand): HorizonPlan {
  const parts = name.split('/')
  const survive = surviveModes.find((mode) => parts.includes(mode)) ?? model.survive
  const row = parts.find((part) => !surviveModes.some((mode) => mode === part))
  return planHorizon({ ...model, survive }, row === undefined ? demand : atRow(model.growth, row))
}

import { Failure } from '../failure.ts'
import { suggestion } from '../nearest.ts'
import { type ComponentName, componentNames } from './component.ts'

/** @throws Failure USAGE for a name that is no component of the catalogue. */
export function checkComponents(names: readonly string[]): ComponentName[] {
  return names.map((name) => {
    const known = componentNames.find((component) => component === name)
    if (known) return known
    throw new Failure('USAGE', `no component is called ${name}`, { next: suggestion(name, componentNames) })
  })
}

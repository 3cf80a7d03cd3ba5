import { suggestion } from '../../nearest.ts'
import type { Specification } from '../schema/specification.ts'
import type { Conflict, Rule } from './rule.ts'

const references: Rule = (specification) => {
  const known = Object.keys(specification.regions)
  return referencesIn(specification)
    .filter(([, name]) => name !== undefined && !known.includes(name))
    .map(([path, name = '']) => ({
      id: 'IV-REGION-001',
      path,
      message: `${path} names the region ${JSON.stringify(name)}, which there is not`,
      actual: name,
      limit: known.join(', '),
      hint: suggestion(name, known),
    }))
}

const itself: Rule = ({ regions }) =>
  Object.entries(regions).flatMap(([name, region]) => {
    const pointing: Conflict[] = []
    if (region.failoverTo === name) pointing.push(selfConflict(`regions.${name}.failoverTo`, name))
    if (region.replication?.from === name)
      pointing.push(selfConflict(`regions.${name}.replication.from`, name))
    return pointing
  })

/** A standby is the copy of another region: without a link there is nothing to stand by with. */
const standbys: Rule = ({ regions }) =>
  Object.entries(regions)
    .filter(([, region]) => region.role === 'standby' && region.replication === undefined)
    .map(([name]) => ({
      id: 'IV-REGION-003',
      path: `regions.${name}.replication`,
      message: `standby ${name} replicates from no region`,
      hint: `set regions.${name}.replication.from and .mode`,
    }))

const zones: Rule = ({ regions }) =>
  Object.entries(regions)
    .filter(([, region]) => new Set(region.zones).size < region.zones.length)
    .map(([name, region]) => ({
      id: 'IV-REGION-004',
      path: `regions.${name}.zones`,
      message: `regions.${name}.zones names a zone twice`,
      actual: region.zones.join(', '),
    }))

const atLeastOne: Rule = ({ regions }) =>
  Object.keys(regions).length > 0
    ? []
    : [{ id: 'IV-REGION-005', path: 'regions', message: 'every region was removed: at least one is needed' }]

/** `--region all` means every region, and the stack `global` belongs to none. */
const reserved: Rule = ({ regions }) =>
  ['all', 'global']
    .filter((name) => Object.hasOwn(regions, name))
    .map((name) => ({
      id: 'IV-REGION-006',
      path: `regions.${name}`,
      message: `a region cannot be called ${name}: the name means something else`,
      actual: name,
      hint: 'call it by its place',
    }))

export const regionRules: readonly Rule[] = [atLeastOne, reserved, references, itself, standbys, zones]

function referencesIn({ regions, scenarios }: Specification): [path: string, name: string | undefined][] {
  return [
    ...Object.entries(regions).flatMap(([name, region]): [string, string | undefined][] => [
      [`regions.${name}.failoverTo`, region.failoverTo],
      [`regions.${name}.replication.from`, region.replication?.from],
    ]),
    ...Object.entries(scenarios).flatMap(([name, scenario]): [string, string | undefined][] => [
      ...scenario.regions.map((region, index): [string, string] => [
        `scenarios.${name}.regions.${index}`,
        region,
      ]),
      ...scenario.injections.map((injection, index): [string, string | undefined] => [
        `scenarios.${name}.injections.${index}.region`,
        injection.region,
      ]),
    ]),
  ]
}

function selfConflict(path: string, name: string): Conflict {
  return { id: 'IV-REGION-002', path, message: `${path} names ${name} itself`, actual: name }
}

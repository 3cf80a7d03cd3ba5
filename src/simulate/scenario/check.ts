import type { Finding } from '../../failure.ts'
import { suggestion } from '../../nearest.ts'
import type { Specification } from '../../spec/schema/specification.ts'
import { countMetrics, metricNames, readMetric } from '../criteria/metrics.ts'
import type { Criterion, Fault, ScenarioFile } from './schema.ts'
import { targetNames, targetOf, touch } from './targets.ts'

export type At = Pick<Finding, 'path' | 'message'> & { hint?: string }

/** What the schema cannot see: names that must exist, times that must fit, limits that must match their metric. */
export function scenarioFaults(scenario: ScenarioFile, { regions: all }: Specification): At[] {
  const known = Object.keys(all)
  const regions = regionsOf(scenario, known)
  return [
    ...(scenario.regions ?? []).flatMap((name, index) => unknownRegion(`regions.${index}`, name, known)),
    ...(scenario.homes ?? []).flatMap((name, index) => unknownRegion(`homes.${index}`, name, regions)),
    ...ramp(scenario),
    ...scenario.faults.flatMap((fault, index) => oneFault(fault, `faults.${index}`, { all, regions })),
    ...overlaps(scenario.faults, { all, regions }),
    ...scenario.criteria.flatMap((criterion, index) => oneCriterion(criterion, `criteria.${index}`)),
    ...scenario.abort.flatMap(({ metric }, index) => abortMetric(metric, `abort.${index}.metric`)),
    ...ending(scenario),
  ]
}

/** Regions that take part. */
export function regionsOf({ regions }: Pick<ScenarioFile, 'regions'>, known: readonly string[]): string[] {
  return regions === undefined || regions.length === 0 ? [...known] : [...regions]
}

function unknownRegion(path: string, name: string, known: readonly string[]): At[] {
  if (known.includes(name)) return []
  return [
    { path, message: `${path} names the region ${JSON.stringify(name)}`, hint: suggestion(name, known) },
  ]
}

/** Steps join in time: where one ends the next begins. What the load is in a gap would be a guess. */
function ramp({ ramp: steps, interviews }: ScenarioFile): At[] {
  return steps.flatMap(({ from, until, startInterviews, endInterviews }, index) => {
    const path = `ramp.${index}`
    const before = steps[index - 1]
    const expected = before?.until.ms ?? 0
    const found: At[] = []
    if (from.ms !== expected) {
      const word = from.ms > expected ? 'leaves a gap' : 'overlaps'
      found.push({
        path: `${path}.from`,
        message: `${path} begins at ${from.toString()} and ${before ? `the step before ends at ${before.until.toString()}` : 'the test at 0s'}: that ${word}`,
        hint: `begin it at ${before?.until.toString() ?? '0s'}`,
      })
    }
    if (until.ms <= from.ms) {
      found.push({
        path: `${path}.until`,
        message: `${path} ends at ${until.toString()}, not after its start`,
      })
    }
    if (Math.max(startInterviews, endInterviews) > interviews) {
      found.push({
        path,
        message: `${path} reaches ${Math.max(startInterviews, endInterviews)} interviews, more than the ${interviews} of the test`,
        hint: 'raise `interviews`',
      })
    }
    return found
  })
}

interface Places {
  all: Specification['regions']
  regions: readonly string[]
}

function oneFault(fault: Fault, path: string, { all, regions }: Places): At[] {
  const { at, until, action, target, region, factor, percent, instances } = fault
  const found: At[] = []
  if (!targetOf(fault, all, regions)) {
    const names = targetNames(action, all, regions)
    found.push({
      path: `${path}.target`,
      message: `${path} cannot ${action} ${JSON.stringify(target)}`,
      hint: suggestion(target, names),
    })
  }
  if (region !== undefined) found.push(...unknownRegion(`${path}.region`, region, regions))
  if (until && until.ms <= at.ms) {
    found.push({
      path: `${path}.until`,
      message: `${path} is healed at ${until.toString()}, not after its start at ${at.toString()}`,
    })
  }
  if ((action === 'slow') !== (factor !== undefined)) {
    found.push({
      path: `${path}.factor`,
      message: action === 'slow' ? `${path} does not say how slow` : `${path} has a factor and is not slow`,
      hint: 'a factor belongs to the action slow, and to no other',
    })
  }
  if (action !== 'kill' && (percent ?? instances) !== undefined) {
    found.push({ path, message: `${path} has a number of instances and kills none` })
  }
  if (percent !== undefined && instances !== undefined) {
    found.push({ path, message: `${path} has percent and instances; keep one of them` })
  }
  return found
}

function overlaps(faults: readonly Fault[], { all, regions }: Places): At[] {
  return faults.flatMap((fault, index) => {
    const target = targetOf(fault, all, regions)
    const other = faults.slice(0, index).findIndex((earlier) => {
      const theirs = targetOf(earlier, all, regions)
      return target && theirs && touch(target, theirs) && together(earlier, fault)
    })
    if (other < 0) return []
    return [
      {
        path: `faults.${index}`,
        message: `faults.${index} and faults.${other} hit ${fault.target} at the same time`,
        hint: 'end the first (`until`) no later than the second begins, or hit another target',
      },
    ]
  })
}

function together(left: Fault, right: Fault): boolean {
  return left.at.ms < endOf(right) && right.at.ms < endOf(left)
}

/** A kill without an end is over at once: what is left is the platform's business. */
function endOf({ action, at, until }: Fault): number {
  return until?.ms ?? (action === 'kill' ? at.ms + 1 : Number.POSITIVE_INFINITY)
}

function oneCriterion(criterion: Criterion, path: string): At[] {
  const reading = readMetric(criterion.metric)
  if (!reading) {
    return [
      {
        path: `${path}.metric`,
        message: `${path} measures ${JSON.stringify(criterion.metric)}, which is no metric`,
        hint: suggestion(criterion.metric, metricNames),
      },
    ]
  }
  const key = limitKeys[reading.metric.unit]
  const given = (['duration', 'percent', 'count'] as const).filter((name) => criterion[name] !== undefined)
  if (given.length === 1 && given[0] === key) return []
  return [
    {
      path,
      message: `${path} compares ${criterion.metric} with ${given.length === 0 ? 'nothing' : given.join(' and ')}`,
      hint: `give it a ${key}, and nothing else`,
    },
  ]
}

const limitKeys = { time: 'duration', share: 'percent', count: 'count' } as const

function abortMetric(metric: string, path: string): At[] {
  if (countMetrics.some((name) => name === metric)) return []
  return [
    {
      path,
      message: `${path} is ${JSON.stringify(metric)}, which is no count`,
      hint: suggestion(metric, countMetrics),
    },
  ]
}

function ending(scenario: ScenarioFile): At[] {
  if (scenario.until === undefined) return []
  const { until } = scenario
  const late = scenario.faults.findIndex(({ at }) => at.ms >= until.ms)
  if (late >= 0) {
    return [
      {
        path: `faults.${late}.at`,
        message: `faults.${late} begins after the test ends at ${until.toString()}`,
      },
    ]
  }
  const last = scenario.ramp.at(-1)
  return last && last.until.ms > until.ms
    ? [
        {
          path: 'until',
          message: `the test ends at ${until.toString()}, before its ramp at ${last.until.toString()}`,
        },
      ]
    : []
}

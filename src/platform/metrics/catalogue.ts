import { degradationMetrics } from './degradation.ts'
import type { Metric } from './metric.ts'
import { scalingMetrics } from './scaling.ts'

/** Every metric of a region, one list per area. Nothing else in `iv` writes PromQL for a number that is here. */
export function metricCatalogue(platform: string): Metric[] {
  return [...scalingMetrics(platform), ...degradationMetrics(platform)]
}

/** @throws Error for a name that the catalogue does not have: a defect of whoever asks. */
export function metricNamed(platform: string, name: string): Metric {
  const found = metricCatalogue(platform).find((metric) => metric.name === name)
  if (!found) throw new Error(`the metric catalogue has no "${name}"`)
  return found
}

import type { Specification } from '../../../spec/schema/specification.ts'
import { metricCatalogue } from '../../metrics/catalogue.ts'
import type { Metric } from '../../metrics/metric.ts'
import { objectivesOf } from '../../metrics/objectives.ts'
import { isPool } from '../../work.ts'
import { errorRatioName } from './burn-rate.ts'

interface Panel {
  title: string
  description: string
  expr: string
  unit: string
  /** Drawn as lines: where a pool grows, where it shrinks, what an objective allows. */
  limits: readonly number[]
}

const units: Readonly<Record<Metric['unit'], string>> = {
  sessions: 'short',
  requests: 'short',
  count: 'short',
  percent: 'percent',
  seconds: 's',
}

/** Grafana dashboards by name: what scales, what degrades, and what was promised. */
export function dashboards(specification: Specification, region: string): Record<string, object> {
  const catalogue = metricCatalogue(specification.name).filter(({ uses }) => uses.includes('dashboard'))
  const scales = ({ uses }: Metric): boolean => uses.includes('scaling') || uses.includes('status')
  const pools = catalogue.filter(scales)
  const panels = {
    pools: pools.map((metric) => metricPanel(specification, metric)),
    degradation: catalogue
      .filter((metric) => !pools.includes(metric))
      .map((metric) => metricPanel(specification, metric)),
    objectives: objectivesOf(specification).map(
      (objective): Panel => ({
        title: objective.name,
        description: objective.demand,
        expr: errorRatioName(objective, '1h'),
        unit: 'percentunit',
        limits: [Math.round((100 - objective.targetPercent) * 1e4) / 1e6],
      }),
    ),
  }
  return Object.fromEntries(
    Object.entries(panels).map(([name, list]) => [name, dashboard(`${region}: ${name}`, list)]),
  )
}

function metricPanel(specification: Specification, metric: Metric): Panel {
  return {
    title: metric.name,
    description: metric.meaning,
    expr: metric.record,
    unit: units[metric.unit],
    limits: metric.uses.includes('scaling') ? bandOf(specification, metric.name) : [],
  }
}

/** The thresholds of the pool that a metric's name begins with, where it is the pool's first signal. */
function bandOf({ pools }: Specification, metric: string): number[] {
  const pool = metric.split('-')[0] ?? ''
  if (!isPool(pool)) return []
  const { scaleIn, scaleOut, besides } = pools[pool].trigger
  const isSecond = besides !== undefined && metric.endsWith('-pending') && pool === 'llm'
  return isSecond ? [besides.scaleIn, besides.scaleOut] : [scaleIn, scaleOut]
}

const columns = 2
const size = { w: 12, h: 8 }

function dashboard(title: string, panels: readonly Panel[]): object {
  return {
    title,
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(({ title: name, description, expr, unit, limits }, index) => ({
      id: index + 1,
      type: 'timeseries',
      title: name,
      description,
      datasource: { type: 'prometheus', uid: '$source' },
      gridPos: { ...size, x: (index % columns) * size.w, y: Math.floor(index / columns) * size.h },
      targets: [{ refId: 'A', expr }],
      fieldConfig: {
        defaults: {
          unit,
          custom: { thresholdsStyle: { mode: limits.length > 0 ? 'line' : 'off' } },
          thresholds: { mode: 'absolute', steps: steps(limits) },
        },
        overrides: [],
      },
    })),
  }
}

function steps(limits: readonly number[]) {
  const colors = ['orange', 'red']
  const lines = limits.map((value, index) => ({
    value,
    color: colors[index + colors.length - limits.length] ?? 'red',
  }))
  return [{ value: null, color: 'green' }, ...lines]
}

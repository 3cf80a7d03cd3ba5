/** What a metric is for. Scaling, alerts, dashboards and `iv status` all ask the one query. */
export type MetricUse = 'scaling' | 'alert' | 'dashboard' | 'status'

/** A number that is measured in one region, the same wherever it is shown or acted on. */
export interface Metric {
  /** Unique in the catalogue: `asr-pending`. */
  name: string
  /** The series that a recording rule keeps of it, named as Prometheus asks: level, metric, operation. */
  record: string
  /** PromQL over that region's own Prometheus: one number, no labels. */
  query: string
  unit: 'sessions' | 'requests' | 'percent' | 'seconds' | 'count'
  /** What it is, in words: the description of its panel. */
  meaning: string
  /** Series that the query reads, with the labels that it needs of them. */
  reads: readonly { series: string; labels: readonly string[]; exporter: string }[]
  uses: readonly MetricUse[]
}

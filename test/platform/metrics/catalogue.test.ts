import { describe, expect, test } from 'vitest'
import { metricCatalogue, metricNamed } from '../../../src/platform/metrics/catalogue.ts'

const catalogue = metricCatalogue('interview')

describe('the metric catalogue', () => {
  test('names each metric and each recorded series once', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map(({ record }) => record)).size).toBe(catalogue.length)
    for (const { record } of catalogue) expect(record).toMatch(/^[a-z]+:[a-z0-9_]+:[a-z0-9_]+$/)
  })

  test.each(catalogue)('$name reads the series that it says, by the labels that it says', (metric) => {
    expect(metric.reads.length).toBeGreaterThan(0)
    for (const { series, labels } of metric.reads) {
      expect(metric.query).toContain(series)
      for (const label of labels) expect(metric.query).toMatch(new RegExp(`\\b${label}\\b`))
    }
  })

  test('has a metric for every row of the trigger table', () => {
    const scaling = catalogue.filter(({ uses }) => uses.includes('scaling')).map(({ name }) => name)
    expect(scaling).toEqual([
      'sfu-sessions',
      'sfu-sessions-per-server',
      'asr-pending',
      'tts-pending',
      'llm-gpu-utilization',
      'llm-pending',
      'evaluation-pending',
    ])
    expect(metricNamed('interview', 'api-cpu').uses).toContain('status')
  })

  test('counts no session of a server that drains', () => {
    const { query } = metricNamed('interview', 'sfu-sessions')
    expect(query).toContain('unless on (namespace, pod) kube_pod_deletion_timestamp')
  })

  test('knows no other name', () => {
    expect(() => metricNamed('interview', 'sfu-load')).toThrow('"sfu-load"')
  })
})

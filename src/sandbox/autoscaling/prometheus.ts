import { stringify } from 'yaml'

/**
 * Seconds are minutes here where start-up times are divided by 60, so metrics are taken every second. What is scraped
 * lies in files beside the configuration: whoever plays the pods writes there, and Prometheus sees the change.
 */
export function prometheusConfiguration(targets: string): string {
  return stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: [
      {
        job_name: 'sandbox',
        // Labels as the exporters write them: pod and namespace are those of the pod that is played.
        honor_labels: true,
        file_sd_configs: [{ files: [targets], refresh_interval: '1s' }],
      },
    ],
  })
}

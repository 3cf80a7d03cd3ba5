import { assumed } from './sourced.ts'

export const metrics = {
  server: assumed(
    'the Service that the Prometheus operator makes, in the namespace monitoring',
    'http://prometheus-operated.monitoring.svc:9090',
  ),
}

import { labels } from '../../../names.ts'
import type { Selector } from '../../kubernetes.ts'

/** The pods of one workload within their namespace. */
export function podsOf(workload: string): Selector {
  return { matchLabels: { [labels.name]: workload } }
}

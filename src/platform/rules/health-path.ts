import type { WorkName } from '../work.ts'

const others = '/healthz'

/** Of engines that are not ours. */
const paths: Readonly<Partial<Record<WorkName, string>>> = {
  /** LiveKit answers 200 here while its statistics are fresh, also while it drains. */
  sfu: '/',
  /** vLLM. */
  llm: '/health',
}

/** Where an instance says that it is well, on its port. */
export function healthPath(name: WorkName): string {
  return paths[name] ?? others
}

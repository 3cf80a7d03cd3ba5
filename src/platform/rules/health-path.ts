import type { PoolName } from '../../spec/schema/pool.ts'

const paths: Readonly<Record<PoolName, string>> = {
  /** LiveKit answers 200 here while its statistics are fresh, also while it drains. */
  sfu: '/',
  asr: '/healthz',
  tts: '/healthz',
  /** vLLM. */
  llm: '/health',
  evaluation: '/healthz',
  api: '/healthz',
}

/** Where an instance says that it is well, on the pool's port. */
export function healthPath(pool: PoolName): string {
  return paths[pool]
}

import type { Specification } from '../../spec/schema/specification.ts'

/**
 * A model server is vLLM, whose image brings the model: one replica over all the GPUs that it asks for, and requests in the
 * order of their priority, of which it takes the lowest number first.
 */
export function modelArguments({ pools }: Specification): string[] {
  const { port, resources } = pools.llm
  return [
    `--port=${port}`,
    `--tensor-parallel-size=${Math.max(1, resources.gpus)}`,
    '--scheduling-policy=priority',
  ]
}

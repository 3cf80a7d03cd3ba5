import type { Container, Volume } from '../pod.ts'

/** Volumes of a pod and where its container has them. */
export interface Scratch {
  volumes: Volume[]
  volumeMounts: Container['volumeMounts']
}

/**
 * The only places that can be written to. GPU processes of one replica exchange tensors through shared memory,
 * for which the 64 MiB that a container gets by itself are too few; it counts against the memory limit.
 */
export function scratchSpace(gpus: number): Scratch {
  const volumes: Volume[] = [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }]
  const volumeMounts = [{ name: 'tmp', mountPath: '/tmp' }]
  if (gpus === 0) return { volumes, volumeMounts }
  return {
    volumes: [...volumes, { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } }],
    volumeMounts: [...volumeMounts, { name: 'shared-memory', mountPath: '/dev/shm' }],
  }
}

import { type FreeBytes, freeOnDisk } from '../free-bytes.ts'
import type { Paths } from '../paths.ts'
import type { Check } from './check.ts'

const gigabyte = 1e9

/** The sandbox's etcd alone reserves 0.13 GB at its start and refuses to start below 0.4 GB. */
const projectBytes = { fail: 0.4 * gigabyte, warn: 2 * gigabyte }
/** The programs take 0.6 GB. A build from nothing takes 7.5 GB more, in Go's caches of modules and objects. */
const cacheBytes = { fail: 0.7 * gigabyte, warn: 2 * gigabyte, build: 8 * gigabyte }

export async function checkDisks(
  input: { paths: Paths; mustBuild: boolean },
  freeBytes: FreeBytes = freeOnDisk,
): Promise<Check[]> {
  const { paths, mustBuild } = input
  return [
    judge('disk.project', paths.data, { free: await freeBytes(paths.data), ...projectBytes }),
    judge('disk.cache', paths.cache, {
      free: await freeBytes(paths.cache),
      fail: cacheBytes.fail,
      warn: mustBuild ? cacheBytes.build : cacheBytes.warn,
    }),
  ]
}

function judge(id: string, path: string, space: { free: number; fail: number; warn: number }): Check {
  const detail = `${gigabytes(space.free)} free at ${path}`
  if (space.free >= space.warn) return { id, status: 'ok', detail }
  const status = space.free < space.fail ? 'fail' : 'warn'
  return { id, status, detail, hint: `make room: ${gigabytes(space.warn)} are comfortable` }
}

function gigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(1)} GB`
}

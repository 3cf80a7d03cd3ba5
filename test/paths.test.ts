import { homedir } from 'node:os'
import { expect, it } from 'vitest'
import { makePaths } from '../src/paths.ts'

const at = (environment: Record<string, string | undefined>) =>
  makePaths({ packageRoot: '/opt/iv', project: '/srv/app', environment })

it('keeps state beside the project and the cache with the user', () => {
  expect(at({})).toEqual({
    packageRoot: '/opt/iv',
    project: '/srv/app',
    data: '/srv/app/.iv',
    cache: `${homedir()}/.cache/iv`,
  })
})

it('follows the usual variables, its own first', () => {
  expect(at({ XDG_CACHE_HOME: '/var/cache' }).cache).toBe('/var/cache/iv')
  expect(at({ XDG_CACHE_HOME: '/var/cache', IV_CACHE_DIR: '/fast' }).cache).toBe('/fast')
})

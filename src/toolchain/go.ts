import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure, toFailure } from '../failure.ts'
import { hostPlatform } from './host-platform.ts'
import { candidates } from './executables.ts'
import { moduleFolder } from './places.ts'
import type { ModuleName } from './tools.ts'
import { compareVersions } from './version.ts'

/** `GOTOOLCHAIN=auto` may fetch a newer Go first. */
const goVersionDeadlineMs = 300_000

export interface Go {
  path: string
  version: string
}

/**
 * What of the user's Go settings must not change what is built: flags, workspace, cross-compilation. Said in
 * full, because an empty variable lets `go env -w` win. Proxy, caches and GOTOOLCHAIN are theirs.
 */
export function goEnvironment(): Record<string, string> {
  const { os, arch } = hostPlatform()
  return { GOFLAGS: '-mod=readonly', GOWORK: 'off', GOOS: os, GOARCH: arch }
}

/** The Go version that a module's `go.mod` asks for. @throws Failure OPERATION when the module is missing. */
export async function requiredGo(module: ModuleName, c: Pick<Collaborators, 'paths'>): Promise<string> {
  const file = join(moduleFolder(module, c.paths), 'go.mod')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('OPERATION', `cannot read ${file}: ${toFailure(cause).message}`, { cause })
  })
  return /^go (\S+)/m.exec(text)?.[1] ?? '1.25'
}

/**
 * The Go that would build the module: asked inside its folder, so that `GOTOOLCHAIN` has its say.
 * @throws Failure OPERATION naming the version that is needed, when there is none or it is too old.
 */
export async function findGo(module: ModuleName, c: Collaborators): Promise<Go> {
  const needed = await requiredGo(module, c)
  const next = `install Go ${needed} or newer and put it on PATH`
  const path = (await candidates('go', c))[0]
  if (path === undefined)
    throw new Failure('OPERATION', `no Go on PATH; building needs Go ${needed} or newer`, { next })
  const answer = await c.run({
    file: path,
    args: ['env', 'GOVERSION'],
    cwd: moduleFolder(module, c.paths),
    env: goEnvironment(),
    deadlineMs: goVersionDeadlineMs,
    signal: c.signal,
  })
  const version = answer.stdout.trim().replace(/^go/, '')
  // An unreleased Go has no comparable version; it is newer than any that a module asks for.
  if (answer.exitCode === 0 && (compareVersions(version, needed) ?? 0) >= 0) return { path, version }
  const why = answer.exitCode === 0 ? `it is ${version}` : answer.stderr.trim().split('\n').at(-1)
  throw new Failure('OPERATION', `${path} does not build it; Go ${needed} or newer is needed (${why})`, {
    next,
  })
}

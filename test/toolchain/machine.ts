import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { hostPlatform, platformKey } from '../../src/toolchain/host-platform.ts'
import { tools } from '../../src/toolchain/tools.ts'
import type { ToolName } from '../../src/toolchain/toolchain.ts'
import { testCollaborators } from '../support/collaborators.ts'

export const here = platformKey(hostPlatform())

/** A folder that is gone when the running test has ended. */
export function temporaryFolder(prefix: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** A machine of the test's own: package, cache and PATH in one temporary folder. */
export interface Machine {
  root: string
  /** The only folder on PATH besides the system's. */
  bin: string
  lock: string
  environment: Record<string, string | undefined>
}

export function makeMachine(environment: Record<string, string> = {}): Machine {
  const root = temporaryFolder('iv-toolchain-')
  const bin = join(root, 'bin')
  mkdirSync(bin)
  const lock = join(root, 'package', 'templates', 'toolchain', 'toolchain.lock')
  // `/bin` itself is left out: a kubectl of the machine would decide what the tests see.
  return { root, bin, lock, environment: { PATH: bin, IV_CACHE_DIR: join(root, 'cache'), ...environment } }
}

/** Collaborators that live on that machine. */
export function onMachine(machine: Machine, overrides: Parameters<typeof testCollaborators>[1] = {}) {
  const c = testCollaborators(machine.root, { environment: machine.environment, ...overrides })
  return { ...c, paths: { ...c.paths, packageRoot: join(machine.root, 'package') } }
}

export function writeProgram(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

/** The line with which each program tells its version. */
export function versionLine(name: ToolName, version: string = tools[name].wanted): string {
  if (name === 'pulumi') return `v${version}`
  if (name === 'etcd') return `etcd Version: ${version}`
  if (name === 'kwok') return `kwok version v${version} go1.26.8 (linux/amd64)`
  return name === 'kubectl' ? `Client Version: v${version}` : `Kubernetes v${version}`
}

export function putOnPath(machine: Machine, name: ToolName, version?: string): string {
  const path = join(machine.bin, name)
  writeProgram(path, `echo "${versionLine(name, version)}"`)
  return path
}

/** A Go module in the place of the real one, small enough to build in a second. */
export function writeModule(machine: Machine, module: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(machine.root, 'package', 'templates', 'toolchain', module, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** A stand-in for the Go tool: writes every invocation to `go.log`, waits, makes programs that tell the version. */
export function putFakeGo(
  machine: Machine,
  options: { seconds?: number; fail?: string; cut?: boolean; slowProgram?: number } = {},
): string {
  const log = join(machine.root, 'go.log')
  const answers = Object.keys(tools)
    .map((name) => `${name}) echo '${versionLine(name as ToolName)}' ;;`)
    .join('\n    ')
  const pause = options.slowProgram ? `sleep ${options.slowProgram}\n  ` : ''
  const program = options.cut ? 'exit 7' : `${pause}case $(basename "$0") in\n    ${answers}\n  esac`
  writeProgram(
    join(machine.bin, 'go'),
    `PATH=/usr/bin:/bin
[ "$1" = env ] && { echo go1.26.8; exit 0; }
echo "$*" >> ${log}
echo 'go: downloading example.org/one v1.0.0' >&2
echo 'example.org/one' >&2
# A child of its own, as the real one has compilers. Without the streams: an orphan must not keep them open.
sleep ${options.seconds ?? 0} > /dev/null 2>&1
${options.fail ? `echo 'main.go:3:2: ${options.fail}' >&2; exit 1` : ''}
while [ $# -gt 0 ]; do
  case "$1" in
    -o) out=$2; shift 2 ;;
    -ldflags) shift 2 ;;
    .) name=etcd; shift ;;
    */cmd/*) name=$(basename "$1"); shift ;;
    *) name=; shift ;;
  esac
  [ -n "$name" ] || continue
  cat > "$out/$name" <<'PROGRAM'
#!/bin/sh
PATH=/usr/bin:/bin
${program}
PROGRAM
  name=
done`,
  )
  writeModule(machine, 'etcd', { 'go.mod': 'module example.org/etcd\n\ngo 1.25.0\n' })
  writeModule(machine, 'kubernetes', { 'go.mod': 'module example.org/kubernetes\n\ngo 1.25.0\n' })
  return log
}

export function writeLock(machine: Machine, name: ToolName, sha256: string): void {
  mkdirSync(dirname(machine.lock), { recursive: true })
  const releases = { [name]: { [tools[name].wanted]: { [here]: `sha256:${sha256}` } } }
  writeFileSync(machine.lock, JSON.stringify({ about: 'test', version: 1, releases }))
}

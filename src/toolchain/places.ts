import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import type { ModuleName, Tool } from './tools.ts'

export function toolchainFolder(paths: Paths): string {
  return join(paths.cache, 'toolchain')
}

/** Folder of one finished program: `<cache>/toolchain/<tool>/<version>-<recipe>/`. It holds it and its marker. */
export function programFolder(tool: Tool, recipe: string, paths: Paths): string {
  return join(toolchainFolder(paths), tool.name, `${tool.wanted}-${recipe}`)
}

/** Where things are made before they are renamed into place; on the same file system as the result. */
export function workFolder(paths: Paths): string {
  return join(toolchainFolder(paths), 'work')
}

export function installLockFile(module: ModuleName, paths: Paths): string {
  return join(toolchainFolder(paths), 'locks', `${module}.lock`)
}

/** What the programs on PATH said when they were last asked. */
export function pathChecksFile(paths: Paths): string {
  return join(toolchainFolder(paths), 'path-checks.json')
}

export function moduleFolder(module: ModuleName, paths: Paths): string {
  return join(paths.packageRoot, 'templates', 'toolchain', module)
}

import type { Config } from '@oclif/core'

/** What the launcher knows and nobody else can find out: inside a bundle a module's own place says nothing. */
export interface Launch {
  /** The folder of the `iv` package: holds `templates/` and `bin/`. */
  packageRoot: string
  /** The folder that holds `commands/` and the command manifest: a build, or a folder of fixtures. */
  bundle: string
  argv: readonly string[]
}

const key = 'ivPackageRoot'

/** The launcher's knowledge travels in the package description, the one thing the framework hands to commands. */
export function describePackage<P extends object>(packageJson: P, packageRoot: string): P {
  return { ...packageJson, [key]: packageRoot }
}

export function packageRootOf(config: Config): string {
  const root: unknown = Reflect.get(config.pjson, key)
  return typeof root === 'string' ? root : config.root
}

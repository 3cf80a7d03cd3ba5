import { rm } from 'node:fs/promises'
import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { download } from './download.ts'
import { hostPlatform, parsePlatformKey, platformKey } from './host-platform.ts'
import type { PinResult, PinRow } from './pin-result.ts'
import { verify } from './publish.ts'
import { downloadFile, unpack } from './release.ts'
import { lockedHash, readReleaseLock, releaseLockFile, withHash, writeReleaseLock } from './release-lock.ts'
import { releaseAsset } from './release-url.ts'
import { type Tool, tools } from './tools.ts'
import { coreTools, type ToolName } from './toolchain.ts'
import { inWorkFolder } from './work-folder.ts'

/**
 * Fetches the official releases and writes their hashes into the lock: the only thing that writes there. Every
 * release that is asked for must be fetched, and the program of this machine's own platform must run and tell
 * the wanted version; otherwise nothing is written.
 * @throws Failure OPERATION with the first release that could not be had, USAGE for an unknown platform.
 */
export async function pinReleases(
  input: { names: readonly ToolName[]; platforms: readonly string[] },
  c: Collaborators,
): Promise<Report<PinResult>> {
  const platforms = input.platforms.length > 0 ? input.platforms : [platformKey(hostPlatform())]
  const file = releaseLockFile(c)
  let lock = await readReleaseLock(file)
  const pins: PinRow[] = []
  for (const name of input.names.length > 0 ? input.names : coreTools) {
    for (const platform of platforms) {
      const pin = await pinOne(tools[name], platform, c)
      const before = lockedHash(lock, tools[name], platform)
      pins.push({
        ...pin,
        change: before === undefined ? 'added' : before === pin.sha256 ? 'same' : 'changed',
      })
      lock = withHash(lock, tools[name], { platform, sha256: pin.sha256 })
    }
  }
  await writeReleaseLock(file, lock)
  return { kind: 'ToolchainPinResult', data: { lock: file, pins } }
}

async function pinOne(tool: Tool, platform: string, c: Collaborators): Promise<Omit<PinRow, 'change'>> {
  const asset = releaseAsset(tool, parsePlatformKey(platform), c)
  if (!asset) {
    const known = tool.release?.platforms.join(', ') ?? 'no platform'
    throw new Failure('USAGE', `${tool.name} is not published for ${platform}`, {
      next: `it is for: ${known}`,
    })
  }
  const file = `${downloadFile(tool, platform, c)}-pin`
  // A part left behind by an unverified download must not become the beginning of this one.
  await rm(`${file}.part`, { force: true })
  try {
    const sha256 = await download({ tool: tool.name, url: asset.url, file }, c)
    if (platform === platformKey(hostPlatform())) {
      await inWorkFolder(c.paths, async (folder) => {
        await verify({ tool, file: await unpack({ tool, asset, file }, folder, c) }, c)
      })
    }
    return { name: tool.name, version: tool.wanted, platform, url: asset.url, sha256 }
  } finally {
    await rm(file, { force: true })
  }
}

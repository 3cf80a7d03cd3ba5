import type { Collaborators } from '../collaborators.ts'
import { Failure } from '../failure.ts'
import { type HostPlatform, platformKey } from './host-platform.ts'
import type { Tool } from './tools.ts'

const nodeNames: Readonly<Record<string, string>> = { amd64: 'x64', '386': 'ia32' }

export interface ReleaseAsset {
  url: string
  /** Path of the program inside the archive; undefined where the file is the program. */
  member: string | undefined
}

/**
 * What the project publishes for a platform, or undefined where it publishes nothing. With
 * `IV_TOOLCHAIN_MIRROR` the file is taken from `<mirror>/<host>/<path>`; the hash stays the one of the lock.
 * @throws Failure USAGE when the mirror is no http(s) address.
 */
export function releaseAsset(
  tool: Tool,
  host: HostPlatform,
  c: Pick<Collaborators, 'environment'>,
): ReleaseAsset | undefined {
  if (!tool.release?.platforms.includes(platformKey(host))) return undefined
  const fill = (text: string): string =>
    text
      .replaceAll('{version}', tool.wanted)
      .replaceAll('{os}', host.os)
      .replaceAll('{arch}', host.arch)
      .replaceAll('{nodeArch}', nodeNames[host.arch] ?? host.arch)
  const { member } = tool.release
  return {
    url: mirrored(fill(tool.release.url), c.environment['IV_TOOLCHAIN_MIRROR']),
    member: member === undefined ? undefined : fill(member),
  }
}

function mirrored(url: string, mirror: string | undefined): string {
  if (mirror === undefined) return url
  if (!URL.canParse(mirror) || !/^https?:$/.test(new URL(mirror).protocol)) {
    throw new Failure('USAGE', `IV_TOOLCHAIN_MIRROR is no http or https address: ${mirror}`)
  }
  const { host, pathname } = new URL(url)
  return `${mirror.replace(/\/+$/, '')}/${host}${pathname}`
}

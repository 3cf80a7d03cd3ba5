import { arch, platform } from 'node:os'

const goNames: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', win32: 'windows' }

/** As Go names them: `linux` and `amd64`. */
export interface HostPlatform {
  os: string
  arch: string
}

export function hostPlatform(): HostPlatform {
  return { os: goNames[platform()] ?? platform(), arch: goNames[arch()] ?? arch() }
}

/** `linux-amd64`: the key of hashes in the lock. */
export function platformKey(host: HostPlatform): string {
  return `${host.os}-${host.arch}`
}

export function parsePlatformKey(key: string): HostPlatform {
  const [os = '', goArch = ''] = key.split('-')
  return { os, arch: goArch }
}

import type { ToolName } from './toolchain.ts'

/** The Go modules under `templates/toolchain/`; programs of one module are built together. */
export type ModuleName = 'pulumi' | 'etcd' | 'kubernetes' | 'kwok'

export interface ReleaseRecipe {
  /** `{version}`, `{os}`, `{arch}` (as Go names them) and `{nodeArch}` (as Node does) are filled in. */
  url: string
  /** The program inside the archive, with the same placeholders; absent where the download is the program. */
  member?: string
  /** Where the project publishes it, as `os-arch`. */
  platforms: readonly string[]
}

export interface Tool {
  name: ToolName
  /** The version that is built or downloaded. */
  wanted: string
  /** A program on PATH is taken when its version is in `[from, below)`. */
  accepted: { from: string; below: string }
  /** How the program tells its version; the first group of the pattern is it. */
  probe: { args: readonly string[]; pattern: RegExp }
  build: { module: ModuleName; package: string; ldflags: string }
  release: ReleaseRecipe
}

export interface GoModule {
  /**
   * Seconds of a cold build of the whole module alone, downloads included, measured on 2 cores. After another
   * module less: kwok shares most of what it needs with Kubernetes and then takes 55 s.
   */
  coldBuildSeconds: number
}

export const goModules: Readonly<Record<ModuleName, GoModule>> = {
  etcd: { coldBuildSeconds: 50 },
  kubernetes: { coldBuildSeconds: 300 },
  kwok: { coldBuildSeconds: 205 },
  pulumi: { coldBuildSeconds: 200 },
}

const kubernetesVersion = '1.35.4'
// Without these the programs report a placeholder version and clients refuse to talk to them.
const kubernetesLdflags = [
  '-s -w',
  `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`,
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=35',
].join(' ')

const linux = ['linux-amd64', 'linux-arm64'] as const
const linuxAndMac = [...linux, 'darwin-amd64', 'darwin-arm64'] as const

/** The server programs must be of one minor version; per-direction tolerance of autoscalers is on from 1.35. */
function controlPlane(name: ToolName): Tool {
  return {
    name,
    wanted: kubernetesVersion,
    accepted: { from: '1.35.0', below: '1.36.0' },
    probe: { args: ['--version'], pattern: /^Kubernetes v(\S+)/m },
    build: { module: 'kubernetes', package: `k8s.io/kubernetes/cmd/${name}`, ldflags: kubernetesLdflags },
    release: { url: `https://dl.k8s.io/v{version}/bin/{os}/{arch}/${name}`, platforms: linux },
  }
}

export const tools: Readonly<Record<ToolName, Tool>> = {
  pulumi: {
    name: 'pulumi',
    wanted: '3.259.0',
    // The published exit codes hold from 3.226.1 on.
    accepted: { from: '3.226.1', below: '4.0.0' },
    probe: { args: ['version'], pattern: /^v?(\d+\.\d+\.\d+\S*)/m },
    build: {
      module: 'pulumi',
      package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
      ldflags: '-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0',
    },
    release: {
      url: 'https://get.pulumi.com/releases/sdk/pulumi-v{version}-{os}-{nodeArch}.tar.gz',
      member: 'pulumi/pulumi',
      platforms: linuxAndMac,
    },
  },
  etcd: {
    name: 'etcd',
    wanted: '3.6.7',
    accepted: { from: '3.6.0', below: '3.7.0' },
    probe: { args: ['--version'], pattern: /^etcd Version: (\S+)/m },
    build: { module: 'etcd', package: '.', ldflags: '-s -w' },
    release: {
      url: 'https://github.com/etcd-io/etcd/releases/download/v{version}/etcd-v{version}-{os}-{arch}.tar.gz',
      member: 'etcd-v{version}-{os}-{arch}/etcd',
      platforms: linux,
    },
  },
  'kube-apiserver': controlPlane('kube-apiserver'),
  'kube-controller-manager': controlPlane('kube-controller-manager'),
  'kube-scheduler': controlPlane('kube-scheduler'),
  kwok: {
    name: 'kwok',
    wanted: '0.8.0',
    accepted: { from: '0.8.0', below: '0.9.0' },
    probe: { args: ['--version'], pattern: /^kwok version v(\S+)/m },
    build: { module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', ldflags: '-s -w' },
    release: {
      url: 'https://github.com/kubernetes-sigs/kwok/releases/download/v{version}/kwok-{os}-{arch}',
      platforms: linuxAndMac,
    },
  },
  kubectl: {
    name: 'kubectl',
    wanted: kubernetesVersion,
    // A client works with servers one minor version older or newer.
    accepted: { from: '1.34.0', below: '1.37.0' },
    probe: { args: ['version', '--client'], pattern: /^Client Version: v(\S+)/m },
    build: { module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kubectl', ldflags: kubernetesLdflags },
    release: { url: 'https://dl.k8s.io/v{version}/bin/{os}/{arch}/kubectl', platforms: linuxAndMac },
  },
}

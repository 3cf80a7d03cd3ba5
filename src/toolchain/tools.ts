import type { ToolName } from './toolchain.ts'

/** The Go modules under `templates/toolchain/`; programs of one module are built together. */
export type ModuleName =
  | 'pulumi'
  | 'etcd'
  | 'kubernetes'
  | 'kwok'
  | 'prometheus'
  | 'keda'
  | 'karpenter'
  | 'livekit'

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
  /**
   * How the program tells its version; the first group of the pattern is it. Where it has no such flag, `module`
   * is the Go module whose version its build information names; such a program is not looked for on PATH.
   */
  probe: { args: readonly string[]; pattern: RegExp } | { module: string }
  /** `program` is the name that Go gives it, where that is not the name of the tool. */
  build: { module: ModuleName; package: string; ldflags: string; tags?: string; program?: string }
  /** Absent where the project publishes no program on its own. */
  release?: ReleaseRecipe
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
  prometheus: { coldBuildSeconds: 300 },
  keda: { coldBuildSeconds: 480 },
  karpenter: { coldBuildSeconds: 120 },
  livekit: { coldBuildSeconds: 70 },
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

/** KEDA publishes images only, and its programs have no version flag. */
function keda(name: ToolName, program: string): Tool {
  return {
    name,
    wanted: '2.21.0',
    accepted: { from: '2.21.0', below: '2.22.0' },
    probe: { module: 'github.com/kedacore/keda/v2' },
    build: {
      module: 'keda',
      package: `github.com/kedacore/keda/v2/cmd/${program}`,
      ldflags: '-s -w',
      program,
    },
  }
}

const prometheusVersion = '3.16.0'

/** Without service discoveries other than files and addresses: they are most of what there is to compile. */
function prometheus(name: ToolName): Tool {
  return {
    name,
    wanted: prometheusVersion,
    accepted: { from: '2.40.0', below: '4.0.0' },
    probe: { args: ['--version'], pattern: new RegExp(`^${name}, version (\\d+\\.\\d+\\.\\d+)`, 'm') },
    build: {
      module: 'prometheus',
      package: `github.com/prometheus/prometheus/cmd/${name}`,
      ldflags: `-s -w -X github.com/prometheus/common/version.Version=${prometheusVersion}`,
      tags: 'remove_all_sd',
    },
    release: {
      url: 'https://github.com/prometheus/prometheus/releases/download/v{version}/prometheus-{version}.{os}-{arch}.tar.gz',
      member: `prometheus-{version}.{os}-{arch}/${name}`,
      platforms: linuxAndMac,
    },
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
  prometheus: prometheus('prometheus'),
  promtool: prometheus('promtool'),
  'keda-operator': keda('keda-operator', 'operator'),
  'keda-adapter': keda('keda-adapter', 'adapter'),
  karpenter: {
    name: 'karpenter',
    // Newer ones want a newer Go than 1.26.
    wanted: '1.14.1',
    accepted: { from: '1.14.0', below: '1.15.0' },
    probe: { module: 'sigs.k8s.io/karpenter' },
    build: { module: 'karpenter', package: 'sigs.k8s.io/karpenter/kwok', ldflags: '-s -w', program: 'kwok' },
  },
  'livekit-server': {
    name: 'livekit-server',
    wanted: '1.13.5',
    accepted: { from: '1.13.0', below: '1.14.0' },
    probe: { args: ['--version'], pattern: /^livekit-server version (\S+)/m },
    build: {
      module: 'livekit',
      package: 'github.com/livekit/livekit-server/cmd/server',
      ldflags: '-s -w',
      program: 'server',
    },
    release: {
      url: 'https://github.com/livekit/livekit/releases/download/v{version}/livekit_{version}_{os}_{arch}.tar.gz',
      member: 'livekit-server',
      platforms: linux,
    },
  },
}

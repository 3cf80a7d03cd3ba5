import { assumed } from './sourced.ts'

export const provisioning = {
  nodeClassGroup: assumed('Karpenter on AWS; other clouds have one of their own', 'karpenter.k8s.aws'),
  nodeClassKind: assumed('Karpenter on AWS; other clouds have one of their own', 'EC2NodeClass'),
  capacityBuffers: assumed('Cluster Autoscaler knows them; Karpenter behind a feature gate', true),
}

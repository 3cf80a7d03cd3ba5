import { assumed } from './sourced.ts'

export const gitops = {
  folder: assumed('a name that says who reads it', 'gitops'),
  flavor: assumed('any GitOps controller, and kubectl, applies it', 'plain'),
  bake: assumed('long enough to see a rolling update end and sessions go on', '15m'),
}

export const gates = {
  mustAllow: assumed('what a repository alone can decide: the others need a cluster, a limit or records', [
    'validate',
    'render',
    'lint',
    'policy',
    'capacity',
  ]),
  maxShrinkPercent: assumed('more than half at once is rarely meant', 50),
}

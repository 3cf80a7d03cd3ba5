import { assumed, documented, type Sourced } from './sourced.ts'

function horizon(
  column: string,
  [monthly, peak, terabytes, nodes]: readonly [number, number, number, number],
) {
  return documented(`Growth Projections: ${column}`, {
    monthlyInterviews: monthly,
    peakConcurrentInterviews: peak,
    storageTerabytes: terabytes,
    gpuNodes: nodes,
  })
}

export const growth = {
  current: horizon('Current', [10_000, 100, 20, 5]),
  y1: horizon('Year 1', [100_000, 1000, 240, 50]),
  y2: horizon('Year 2', [500_000, 5000, 1200, 200]),
  y3: horizon('Year 3', [1_000_000, 10_000, 3500, 400]),
}

const serving = ['sfu', 'asr', 'tts', 'llm', 'api'] as const

/** The document names no costs; a saving on everything could not be put beside another one. */
function appliesTo(...costs: readonly string[]) {
  return assumed(
    'the costs that its name and implementation speak of, see: iv lint explain IV-SAVINGS-001',
    costs,
  )
}

function savings(
  row: string,
  lowestPercent: number,
  rest: { highestPercent: number; implementation: string; appliesTo: Sourced },
) {
  return documented(`Cost Optimization Strategies: ${row}`, { lowestPercent, ...rest })
}

export const costStrategies = {
  'reserved-instances': savings('Reserved instances', 30, {
    highestPercent: 50,
    implementation: '1-3 year commitments',
    appliesTo: appliesTo(...serving),
  }),
  'spot-for-evaluation': savings('Spot instances for eval', 60, {
    highestPercent: 70,
    implementation: 'Non-critical batch work',
    appliesTo: appliesTo('evaluation'),
  }),
  'right-sizing': savings('Right-sizing', 20, {
    highestPercent: 30,
    implementation: 'Regular utilization review',
    appliesTo: appliesTo(...serving, 'evaluation'),
  }),
  'self-hosted-speech': documented('Cost Optimization Strategies: Self-hosted ASR/TTS', {
    lowestPercent: 40,
    highestPercent: 60,
    implementation: 'At scale >100K interviews/month',
    appliesTo: appliesTo('asr', 'tts'),
    fromMonthlyInterviews: 100_000,
  }),
  'storage-tiering': savings('Storage tiering', 60, {
    highestPercent: 70,
    implementation: 'Hot/warm/cold/archive',
    appliesTo: appliesTo('storage'),
  }),
  'gpu-sharing': savings('GPU sharing', 20, {
    highestPercent: 30,
    implementation: 'Multi-tenant inference',
    appliesTo: appliesTo('llm'),
  }),
}

type Months = readonly [from: string, until: string, state: 'done' | 'active' | 'planned']

interface Proof {
  regionCount?: number
  checks: readonly string[]
}

/** The document ties its roadmap to nothing that could be looked at. */
function checksOf(names: readonly string[]) {
  return assumed('what would show that it is reached', names)
}

function infrastructure(title: string, [from, until, state]: Months, { checks, ...more }: Proof) {
  return documented(`Scaling Milestones: ${title}`, {
    section: 'infrastructure',
    title,
    from,
    until,
    state,
    ...more,
    checks: checksOf(checks),
  })
}

function capacity(concurrentInterviews: number, [from, until, state]: Months) {
  const title = `${concurrentInterviews.toLocaleString('en-US')} concurrent`
  return documented(`Scaling Milestones: ${title}`, {
    section: 'capacity',
    title,
    from,
    until,
    state,
    concurrentInterviews,
    checks: checksOf(['planned-sessions', 'planned-gpus', 'before-demand', 'load-test']),
  })
}

const several = ['regions', 'failover-targets', 'deployed', 'region-drill']

export const milestones = {
  'single-region': infrastructure('Single Region', ['2025-01', '2025-06', 'done'], {
    regionCount: 1,
    checks: ['regions', 'deployed'],
  }),
  'multi-az': infrastructure('Multi-AZ', ['2025-04', '2025-09', 'done'], { checks: ['zones', 'zone-drill'] }),
  'multi-region-2': infrastructure('Multi-Region (2)', ['2025-07', '2025-12', 'active'], {
    regionCount: 2,
    checks: several,
  }),
  'multi-region-3': infrastructure('Multi-Region (3)', ['2025-10', '2026-03', 'planned'], {
    regionCount: 3,
    checks: several,
  }),
  'global-edge': infrastructure('Global Edge', ['2026-01', '2026-06', 'planned'], {
    checks: ['edge', 'edge-latency'],
  }),
  'concurrent-100': capacity(100, ['2025-01', '2025-04', 'done']),
  'concurrent-500': capacity(500, ['2025-03', '2025-07', 'done']),
  'concurrent-1000': capacity(1000, ['2025-06', '2025-10', 'active']),
  'concurrent-5000': capacity(5000, ['2025-09', '2026-02', 'planned']),
  'concurrent-10000': capacity(10_000, ['2026-01', '2026-06', 'planned']),
}

import { horizons } from '../demand.ts'
import { number } from '../numbers.ts'
import type { LintRule } from '../rule.ts'

export const gpu001: LintRule = {
  id: 'IV-GPU-001',
  severity: 'error',
  title: 'The growth table asks no more of a GPU node than a node is said to carry.',
  document:
    'Growth Projections: 100 ÷ 5 = 20, 1,000 ÷ 50 = 20, 5,000 ÷ 200 = 25 and 10,000 ÷ 400 = 25 interviews per node of eight GPUs, without a reason for the rise.',
  resolution: 'gpu.nodeInterviews is 25, an assumption that can be overridden: measure it.',
  why: 'A quarter more per node from Year 2 on is a promise that somebody has to keep; hidden in a table nobody does.',
  formula: 'peakConcurrentInterviews ÷ gpuNodes ≤ gpu.nodeInterviews, in every row',
  fix: 'measure what a node carries and set gpu.nodeInterviews, or plan more nodes',
  check({ growth, gpu }) {
    const implied = horizons.map((horizon) => ({ horizon, each: perNode(growth[horizon]) }))
    const most = Math.max(...implied.map(({ each }) => each))
    const least = Math.min(...implied.map(({ each }) => each))
    const stated = gpu.nodeInterviews
    if (stated !== undefined && most <= stated) return []
    const worst = implied.find(({ each }) => each === most)?.horizon ?? 'y3'
    const { peakConcurrentInterviews: peak, gpuNodes } = growth[worst]
    const row = `${number(peak)} ÷ ${number(gpuNodes)} = ${number(most)} per node in ${worst}`
    const claim =
      stated === undefined ? `≠ ${number(least)} in other rows, and nothing says why` : `> ${number(stated)}`
    return [
      {
        path: 'gpu.nodeInterviews',
        message: `${row} ${claim}`,
        actual: number(most),
        limit: stated === undefined ? 'a measured number' : number(stated),
      },
    ]
  },
}

function perNode(row: { peakConcurrentInterviews: number; gpuNodes: number }): number {
  return row.peakConcurrentInterviews / row.gpuNodes
}

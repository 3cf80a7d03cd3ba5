import type { SweepData } from '../simulate/sweep/sweep.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

export const sweepWriter: Writer<SweepData> = {
  text: (data, style) => lines(data, style).join('\n'),
}

function lines({ scenario, varied, seeds, runs, cases, smallest }: SweepData, style: Style): string[] {
  return [
    `${style.bold(scenario)}  ${cases} cases, ${seeds === 1 ? 'one seed' : `${seeds} seeds`} each; ${runs} runs, all simulated`,
    ...varied.map(({ key, values }) => `  vary      ${key} = ${values.join(', ')}`),
    ...(smallest
      ? [
          style.bad(
            `  smallest  ${smallest.settings.join(' ') || 'as it is'}, seed ${smallest.seed}: ${smallest.failed.join(', ')}`,
          ),
          `  replay    ${smallest.command}`,
        ]
      : [style.good('  none of them fails')]),
  ]
}

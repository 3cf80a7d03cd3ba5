import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { surviveModes } from '../capacity/survive.ts'

const file = Flags.custom<string>({ helpValue: 'FILE', parse: (input) => Promise.resolve(resolve(input)) })
const amount = Flags.custom<number>({
  helpValue: 'N',
  parse: async (input) => {
    const { readAmountFlag } = await import('../capacity/amount.ts')
    return readAmountFlag(input)
  },
})
const one = ['horizon', 'at', 'peak']

export const capacityFlags = {
  horizon: Flags.string({
    summary: 'One row of the growth table; every row without it.',
    helpValue: 'ROW',
    exclusive: ['at', 'peak'],
  }),
  at: Flags.string({
    summary: 'A date between two rows, such as 2026-07.',
    helpValue: 'DATE',
    exclusive: ['horizon', 'peak'],
  }),
  peak: Flags.integer({
    summary: 'A number of concurrent interviews.',
    helpValue: 'N',
    min: 1,
    max: 1_000_000_000,
    exclusive: one.slice(0, 2),
  }),
  survive: Flags.option({
    summary: 'The loss after which demand is still served.',
    options: surviveModes,
    default: 'none' as const,
  })(),
  growth: file({ summary: 'A growth table of your own, CSV or YAML.' }),
  prices: file({ summary: 'A price book of your own.' }),
  set: Flags.string({
    summary: 'Set a value of the specification, or capacity.NAME of the model. Repeatable.',
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'bought-speech': Flags.boolean({ summary: 'Price ASR and TTS as bought by the minute.' }),
  'max-monthly': amount({ summary: 'Exit 5 if the high end of a month costs more.' }),
  'max-increase': amount({ summary: 'Exit 5 if it costs more percent above the first row than this.' }),
  compare: Flags.string({
    summary: 'Two rows or losses side by side, such as y1,y2 or none,region.',
    helpValue: 'A,B',
  }),
  html: file({ summary: 'Write the plan to this file too, as a page with plots.' }),
  csv: file({ summary: 'Write every figure to this file too, as CSV.' }),
  write: Flags.boolean({
    summary:
      'Put minimums, maximums and node limits of the plan into iv.yaml; shows the difference and asks.',
  }),
}

import type { Writer } from './report.ts'

export interface CancelData {
  run: string
  command: string
  /** `cancelled`: it was told to stop and has ended. `cut`: its process was gone. `ended`: it had ended before. */
  state: 'cancelled' | 'cut' | 'ended'
  /** Regions whose lock a cut run still had. */
  released: readonly string[]
}

const texts = {
  cancelled: 'was stopped in order',
  cut: 'was cut before; the next deploy goes on from there',
  ended: 'had ended already',
}

export const cancelWriter: Writer<CancelData> = {
  text({ run, command, state, released }) {
    const locks = released.length === 0 ? '' : `\nlocks given back: ${released.join(', ')}`
    return `${run} (${command}) ${texts[state]}${locks}`
  },
}

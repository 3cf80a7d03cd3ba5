/** Where an interview stands. */
export const phases = {
  joining: 0,
  /** The candidate speaks. */
  answering: 1,
  /** The answer is spoken and nothing has recognised it yet. */
  unheard: 2,
  thinking: 3,
  /** An answer is there and no voice is free. */
  voiceless: 4,
  /** The AI speaks. */
  speaking: 5,
  interrupted: 6,
  ended: 7,
} as const

/** Who listens to an interview. */
export const ears = { none: 0, primary: 1, fallback: 2, text: 3 } as const

export const endings = { none: 0, completed: 1, refused: 2, cut: 3, gaveUp: 4 } as const

/** One interview from the first request to its end. Times are virtual milliseconds; −1 stands for never. */
export class Session {
  readonly id: number
  /** Index of the region that the candidate calls from, and of the one that serves. */
  readonly home: number
  region = -1
  server = -1
  phase: number = phases.joining
  ending: number = endings.none
  /** Level of the degradation ladder, 1 to 5. */
  level = 1
  ear: number = ears.none
  asrWorker = -1
  /** Since when nothing listens. */
  deafSince = -1
  /** The primary recogniser was taken away at this time, and nothing replaced it yet. */
  asrLostAt = -1
  /** Counts changes of phase: an event that was meant for an earlier one is void. The same for listening. */
  step = 0
  earStep = 0
  /** One-way delay of the candidate's network, without its random part. */
  readonly networkMs: number
  /** When within the life of a cached address the candidate's resolver fetches it anew, 0 to 1. */
  readonly resolverPhase: number
  readonly requestedAt: number
  startedAt = -1
  endsAt = -1
  concluding = false
  answerEndedAt = -1
  attempt = 0
  /** Places in queues and voices in use, to be given back on an interruption. */
  voice = 0
  /** Exchanges that the candidate was told are saved. */
  saved = 0
  savedAt = -1
  interruptedAt = -1
  /** Region whose loss interrupted it; −1 for anything smaller. */
  lostRegion = -1
  lastServer = -1
  told = false
  /** When something failed for it last. */
  failedAt = -1
  waitingSince = -1
  onGpu = false

  constructor(input: { id: number; home: number; networkMs: number; resolverPhase: number; now: number }) {
    this.id = input.id
    this.home = input.home
    this.networkMs = input.networkMs
    this.resolverPhase = input.resolverPhase
    this.requestedAt = input.now
  }
}

import { Failure } from '../../failure.ts'
import { suggestion } from '../../nearest.ts'

/** A number of the model that neither the specification nor the capacity model holds. */
interface Assumption {
  value: number
  unit: string
  reason: string
}

const percent = '%'

export const assumptions = {
  answerSeconds: { value: 24, unit: 's', reason: 'mean answer of a candidate' },
  interviewSpreadPercent: { value: 50, unit: percent, reason: 'interviews last the mean ± this much' },
  endpointMs: { value: 500, unit: 'ms', reason: 'silence after which an answer counts as ended' },
  asrFinalMs: { value: 150, unit: 'ms', reason: 'mean time to the final transcript after that' },
  llmFirstTokenMs: {
    value: 350,
    unit: 'ms',
    reason: 'mean time to the first token, once a GPU has the request',
  },
  llmStepMs: {
    value: 30,
    unit: 'ms',
    reason: 'one decoding step: requests join the running batch between two',
  },
  llmBatchPercent: {
    value: 40,
    unit: percent,
    reason: 'change of the time a request takes between an idle and a full node, by batching',
  },
  ttsFirstByteMs: { value: 150, unit: 'ms', reason: 'mean time to the first sound' },
  captureMs: { value: 30, unit: 'ms', reason: 'microphone, encoder and packet' },
  jitterBufferMs: { value: 60, unit: 'ms', reason: 'mean depth of the jitter buffer' },
  playoutMs: { value: 20, unit: 'ms', reason: 'decoder and loudspeaker' },
  sfuForwardMs: { value: 2, unit: 'ms', reason: 'forwarding on a server below its threshold' },
  goodNetworkMs: { value: 20, unit: 'ms', reason: 'one way, four of five candidates' },
  mobileNetworkMs: { value: 50, unit: 'ms', reason: 'one way, on a mobile network' },
  mobilePercent: { value: 17, unit: percent, reason: 'candidates on a mobile network' },
  poorNetworkMs: { value: 110, unit: 'ms', reason: 'one way, on a poor network' },
  poorPercent: { value: 3, unit: percent, reason: 'candidates on a poor network' },
  networkSpreadPercent: { value: 25, unit: percent, reason: 'mean of the exponential part of a delay' },
  crossRegionMs: { value: 40, unit: 'ms', reason: 'added one way while another region serves' },
  joinSignalMs: { value: 400, unit: 'ms', reason: 'signalling, ICE and keys of a join' },
  connectTimeoutMs: { value: 2500, unit: 'ms', reason: 'a connection to a region that does not answer' },
  stageSpreadPercent: { value: 20, unit: percent, reason: 'spread of each stage of a recovery' },
  notificationSeconds: { value: 2, unit: 's', reason: 'a candidate is told' },
  promotionSeconds: { value: 1, unit: 's', reason: 'a standby database accepts writes after the decision' },
  dnsTtlSeconds: { value: 60, unit: 's', reason: 'time that resolvers keep an address where none is stated' },
  failbackSeconds: {
    value: 60,
    unit: 's',
    reason: 'a region is back for this long before it is named again',
  },
  replicationLagMs: { value: 800, unit: 'ms', reason: 'lag of an asynchronous link' },
  segmentSeconds: { value: 10, unit: 's', reason: 'piece in which a growing recording is saved' },
  audioBufferSeconds: { value: 10, unit: 's', reason: 'audio that is kept until a recogniser takes it' },
  ladderHoldSeconds: {
    value: 15,
    unit: 's',
    reason: 'all is well for this long before a level is given back',
  },
  metricAgeSeconds: { value: 15, unit: 's', reason: 'age of what an autoscaler sees: one scrape' },
  warmSpareNodes: {
    value: 1,
    unit: 'nodes',
    reason: 'machines already there beside the spare ones of a shape',
  },
  loadPercent: { value: 100, unit: percent, reason: 'the load as the scenario says it' },
  calendarLeadSeconds: {
    value: 0,
    unit: 's',
    reason: 'pools are sized for what the calendar says of this time ahead; 0: autoscaling alone',
  },
} satisfies Record<string, Assumption>

export type NumberName = keyof typeof assumptions
export type Numbers = Readonly<Record<NumberName, number>>
export const numberNames = Object.keys(assumptions) as NumberName[]

/** The numbers of the model, with what `--set simulate.NAME=VALUE` says. Everything is at least 0. */
export function numbersOf(settings: readonly string[]): Numbers {
  const set = settings.map(readNumber)
  return {
    ...(Object.fromEntries(numberNames.map((name) => [name, assumptions[name].value])) as Numbers),
    ...Object.fromEntries(set),
  }
}

function readNumber(text: string): [string, number] {
  const [key = '', value = ''] = text.split('=', 2)
  if (!numberNames.some((name) => name === key)) {
    throw new Failure('USAGE', `--set simulate.${text}: the simulator has no number ${key}`, {
      next: suggestion(key, numberNames),
    })
  }
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (number >= 0 && number <= 1e9) return [key, number]
  throw new Failure(
    'USAGE',
    `--set simulate.${text}: ${JSON.stringify(value)} is not a number of 0 or more`,
    {
      next: `write for example --set simulate.${key}=${assumptions[key as NumberName].value}`,
    },
  )
}

import type { Fidelity } from '../system-plan.ts'

const flag = { kind: 'FeatureFlag', name: 'degradation' }
const rule = { kind: 'PrometheusRule', name: 'degradation' }
const receiver = { kind: 'Deployment', name: 'degradation-receiver' }

export function degradationFidelity(hasReceiver: boolean): Fidelity[] {
  return [
    {
      demand: 'Graceful Degradation Ladder: levels 1 to 5, by hand and by itself',
      carried: 'exact',
      objects: [flag, { kind: 'FeatureFlagSource', name: 'degradation' }, { kind: 'Flagd', name: 'flagd' }],
      reason:
        'two flags; callers act on the higher one. A level is a rule on its flag, which no deploy owns, so none takes it back',
    },
    {
      demand: 'Degradation Triggers: LLM > 5 s, LLM outage, ASR and TTS failure, SFU overload, network',
      carried: 'exact',
      objects: hasReceiver ? [rule, receiver] : [rule],
      reason:
        'alerts with the level or switch that they lead to; Alertmanager tells the receiver, which sets the automatic level',
    },
    {
      demand: 'Degradation Triggers: ASR accuracy < 70 %',
      carried: 'approximated',
      objects: [rule],
      reason: 'mean confidence per word stands in: accuracy would need what was really said (IV-METRIC-002)',
    },
    {
      demand: 'Degradation Triggers: reduce video quality, audio-only, adaptive bitrate',
      carried: 'approximated',
      objects: [flag],
      reason:
        'switches that the clients and the conductor read; LiveKit adapts bitrate by itself and has no server-side audio-only',
    },
  ]
}

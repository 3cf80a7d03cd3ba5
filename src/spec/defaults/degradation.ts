import { assumed, documented, resolved } from './sourced.ts'

const ladder = 'Graceful Degradation Ladder'
const triggers = 'Degradation Triggers'

export const degradation = {
  levels: documented(ladder, {
    full: {
      levelNumber: 1,
      title: 'Full AI Interview',
      speech: 'realTime',
      questions: 'llm',
      scoring: 'llm',
    },
    reduced: {
      levelNumber: 2,
      title: 'AI Questions + Human Scoring',
      speech: 'realTime',
      questions: 'llm',
      scoring: 'manual',
    },
    predefined: {
      levelNumber: 3,
      title: 'Predefined Questions + Human',
      speech: 'realTime',
      questions: 'predefined',
      scoring: 'manual',
    },
    basic: {
      levelNumber: 4,
      title: 'Text Chat Interview',
      speech: 'none',
      questions: 'predefined',
      scoring: 'manual',
    },
    fallback: {
      levelNumber: 5,
      title: 'Reschedule Interview',
      speech: 'none',
      questions: 'none',
      scoring: 'none',
    },
  }),
  transitions: documented(ladder, {
    'evaluation-failure': assumed(
      'scoring is all that level 2 gives up, see: iv lint explain IV-LADDER-001',
      {
        from: 'full',
        to: 'reduced',
        on: 'Evaluation failure',
        component: 'evaluation',
      },
    ),
    'llm-failure': {
      from: 'full',
      to: resolved('IV-LADDER-001', `${ladder}: LLM failure leads to Level 2`, 'predefined'),
      on: 'LLM failure',
      component: 'llm',
    },
    'asr-failure': {
      from: 'full',
      to: resolved('IV-LADDER-001', `${ladder}: ASR failure leads to Level 3`, 'basic'),
      on: 'ASR failure',
      component: 'asr',
    },
    'conductor-failure': {
      from: 'reduced',
      to: 'predefined',
      on: 'Conductor failure',
      component: 'conductor',
    },
    'tts-failure': { from: 'predefined', to: 'basic', on: 'TTS failure', component: 'tts' },
    'complete-outage': { from: 'basic', to: 'fallback', on: 'Complete outage' },
  }),
  triggers: documented(triggers, {
    'llm-timeout': {
      component: 'llm',
      when: 'LLM timeout >5s',
      metric: 'responseMs',
      above: 5000,
      action: 'Switch to predefined questions',
      level: 'predefined',
    },
    'asr-accuracy': {
      component: 'asr',
      when: 'ASR accuracy <70%',
      metric: 'accuracyPercent',
      below: 70,
      measuredBy: assumed(
        'mean confidence per word stands in, see: iv lint explain IV-METRIC-002',
        'mean confidence that the recogniser reports per word',
      ),
      action: 'Enable manual transcript correction',
    },
    'asr-outage': documented('Component Failure Handling: no fallback', {
      component: 'asr',
      when: 'ASR failure without a fallback',
      action: 'Switch to text mode',
      level: 'basic',
    }),
    'tts-failure': { component: 'tts', when: 'TTS failure', action: 'Display text on screen' },
    'sfu-overload': { component: 'sfu', when: 'SFU overload', action: 'Reduce video quality, audio-only' },
    'network-degradation': {
      component: 'network',
      when: 'Network degradation',
      action: 'Adaptive bitrate, reduce features',
    },
    'llm-outage': {
      component: 'llm',
      when: 'Complete LLM outage',
      action: 'Use cached question bank',
      level: 'predefined',
    },
  }),
}

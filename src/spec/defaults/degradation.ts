import { documented } from './sourced.ts'

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
    'llm-failure': { from: 'full', to: 'reduced', on: 'LLM failure' },
    'asr-failure': { from: 'full', to: 'predefined', on: 'ASR failure' },
    'conductor-failure': { from: 'reduced', to: 'predefined', on: 'Conductor failure' },
    'tts-failure': { from: 'predefined', to: 'basic', on: 'TTS failure' },
    'complete-outage': { from: 'basic', to: 'fallback', on: 'Complete outage' },
  }),
  triggers: documented(triggers, {
    'llm-timeout': {
      component: 'llm',
      when: 'LLM timeout >5s',
      metric: 'responseMs',
      above: 5000,
      action: 'Switch to predefined questions',
    },
    'asr-accuracy': {
      component: 'asr',
      when: 'ASR accuracy <70%',
      metric: 'accuracyPercent',
      below: 70,
      action: 'Enable manual transcript correction',
    },
    'tts-failure': { component: 'tts', when: 'TTS failure', action: 'Display text on screen' },
    'sfu-overload': { component: 'sfu', when: 'SFU overload', action: 'Reduce video quality, audio-only' },
    'network-degradation': {
      component: 'network',
      when: 'Network degradation',
      action: 'Adaptive bitrate, reduce features',
    },
    'llm-outage': { component: 'llm', when: 'Complete LLM outage', action: 'Use cached question bank' },
  }),
}

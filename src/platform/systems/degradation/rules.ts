import { alertLabels, type SwitchName } from '../../../degrade/level.ts'
import type { Specification } from '../../../spec/schema/specification.ts'
import { metricNamed } from '../../metrics/catalogue.ts'
import type { Rule, RuleGroup } from '../observability/rule.ts'

type Levels = Specification['degradation']['levels']

interface Trigger {
  expr: string
  /** Before it counts: a pod that is replaced is no outage. */
  lasts: string
  level?: keyof Levels | undefined
  turnsOn?: SwitchName
}

/** Lasting, so that a level that came down does not go up at the first good minute. */
const keepFiring = '5m'

/** The level group of a region: one alert per row of the trigger table and per arrow of the ladder. */
export function degradationRules(specification: Specification): RuleGroup {
  const { levels } = specification.degradation
  return {
    name: 'degradation',
    interval: '15s',
    rules: Object.entries(triggersOf(specification)).map(([name, trigger]) => rule(name, trigger, levels)),
  }
}

function rule(name: string, { expr, lasts, level, turnsOn }: Trigger, levels: Levels): Rule {
  const to = level === undefined ? undefined : levels[level]
  return {
    alert: 'Degradation',
    expr,
    for: lasts,
    keep_firing_for: keepFiring,
    labels: {
      severity: 'page',
      [alertLabels.trigger]: name,
      ...(to ? { [alertLabels.level]: `L${to.levelNumber}` } : {}),
      ...(turnsOn ? { [alertLabels.turnsOn]: turnsOn } : {}),
    },
    annotations: {
      summary: to
        ? `${name}: the region goes to level ${to.levelNumber}, ${to.title}`
        : `${name}: ${turnsOn} is switched on`,
    },
  }
}

function triggersOf(specification: Specification): Record<string, Trigger> {
  const { degradation, pools, timeouts } = specification
  const { triggers, transitions } = degradation
  const series = (name: string): string => metricNamed(specification.name, name).record
  const down = (name: string): string => `${series(`${name}-ready`)} == 0`
  const slow = triggers['llm-timeout']?.above ?? timeouts.llm.ms
  const inaccurate = triggers['asr-accuracy']?.below ?? 70
  return {
    'llm-timeout': {
      expr: `${series('llm-response')} > ${slow / 1000}`,
      lasts: '30s',
      level: triggers['llm-timeout']?.level,
    },
    'llm-outage': {
      expr: down('llm'),
      lasts: '30s',
      level: triggers['llm-outage']?.level,
      turnsOn: 'question-bank-cached',
    },
    'asr-accuracy': {
      expr: `${series('asr-accuracy')} < ${inaccurate}`,
      lasts: '2m',
      turnsOn: 'manual-transcript',
    },
    'asr-failure': {
      expr: `${down('asr')} and ${series('fallback-speech-ready')} > 0`,
      lasts: '0s',
      turnsOn: 'asr-fallback',
    },
    'asr-outage': {
      expr: `${down('asr')} and ${down('fallback-speech')}`,
      lasts: '15s',
      level: triggers['asr-outage']?.level,
    },
    'tts-failure': { expr: `${series('tts-failures')} > 50`, lasts: '30s', turnsOn: 'text-on-screen' },
    'sfu-overload': {
      expr: `${series('sfu-sessions-per-server')} >= ${pools.sfu.trigger.scaleOut}`,
      lasts: '2m',
      turnsOn: 'audio-only',
    },
    'network-degradation': { expr: `${series('media-loss')} > 5`, lasts: '1m', turnsOn: 'adaptive-bitrate' },
    'evaluation-failure': {
      expr: down('evaluation'),
      lasts: '2m',
      level: transitions['evaluation-failure']?.to,
    },
    'conductor-failure': {
      expr: down('conductor'),
      lasts: '30s',
      level: transitions['conductor-failure']?.to,
    },
    'complete-outage': {
      expr: `${down('conductor')} and ${down('llm')} and ${down('asr')} and ${down('fallback-speech')}`,
      lasts: '30s',
      level: transitions['complete-outage']?.to,
    },
  }
}

import { assumed, documented } from './sourced.ts'

const peak = {
  title: 'Peak Load (1,000 Concurrent)',
  interviews: 1000,
  regions: [],
  setup: [
    '1,000 simulated candidates',
    'Realistic audio streams (pre-recorded)',
    'Full speech pipeline enabled',
    'LLM responses (not mocked)',
  ],
  ramp: [
    { from: '0s', until: '5m', startInterviews: 0, endInterviews: 200 },
    { from: '5m', until: '10m', startInterviews: 200, endInterviews: 500 },
    { from: '10m', until: '15m', startInterviews: 500, endInterviews: 1000 },
    { from: '15m', until: '30m', startInterviews: 1000, endInterviews: 1000 },
    { from: '30m', until: '35m', startInterviews: 1000, endInterviews: 0 },
  ],
  injections: [],
  criteria: [
    {
      text: 'Mouth-to-ear p99 < 400ms',
      metric: 'mouth-to-ear-p99',
      measures: assumed('of the media, not of a turn, see: iv lint explain IV-LATENCY-001', 'mediaPath'),
      is: 'below',
      duration: '400ms',
    },
    { text: 'Interview completion rate > 98%', metric: 'completion-rate', is: 'above', percent: 98 },
    { text: 'No session failures', metric: 'session-failures', is: 'exactly', count: 0 },
    { text: 'ASR accuracy maintained', metric: 'asr-accuracy-loss', is: 'exactly', percent: 0 },
  ],
}

const asrFailure = {
  title: 'Component Failure',
  interviews: 100,
  regions: [],
  setup: ['100 active interviews', 'Primary ASR service'],
  ramp: [],
  injections: [
    { at: '5m', action: 'kill', component: 'asr', percent: 50 },
    { at: '10m', action: 'kill', component: 'asr', percent: 100 },
    { at: '12m', action: 'restore', component: 'asr', percent: 100 },
  ],
  criteria: [
    {
      text: 'Fallback ASR activates within 5s',
      metric: 'fallback-activation',
      is: 'atMost',
      duration: '5s',
    },
    { text: 'No interview terminations', metric: 'interview-terminations', is: 'exactly', count: 0 },
    {
      text: 'Recovery within 30s of restore',
      metric: 'recovery-after-restore',
      is: 'atMost',
      duration: '30s',
    },
    { text: 'All transcripts preserved', metric: 'transcripts-lost', is: 'exactly', count: 0 },
  ],
}

const regionFailover = {
  title: 'Region Failover',
  interviews: 200,
  regions: ['us-east', 'us-west'],
  setup: ['200 active interviews in US-East', 'US-West hot standby'],
  ramp: [],
  injections: [{ at: '5m', action: 'failRegion', component: 'all', region: 'us-east', percent: 100 }],
  criteria: [
    { text: 'DNS failover within 60s', metric: 'dns-failover', is: 'atMost', duration: '60s' },
    {
      text: 'Sessions resume in US-West within 2 min',
      metric: 'session-resume',
      is: 'atMost',
      duration: '2m',
    },
    { text: 'No data loss (RPO = 0)', metric: 'data-loss', is: 'exactly', duration: '0s' },
    {
      text: 'User notification delivered',
      metric: 'notifications-undelivered',
      is: 'exactly',
      count: 0,
    },
  ],
}

export const scenarios = {
  'peak-load-1000': documented('Scenario 1: Peak Load (1,000 Concurrent)', peak),
  'asr-failure-recovery': documented('Scenario 2: Component Failure', asrFailure),
  'region-failover': documented('Scenario 3: Region Failover', regionFailover),
}

import { defineEvent } from './define.ts'

export const degradeEvents = {
  'degrade.moved': defineEvent<{ from: string; to: string; firing: readonly string[] }>({
    level: 'warning',
    description: 'Alerts moved the automatic degradation level of a region, or its switches.',
    text: ({ from, to, firing }) =>
      `automatic level ${from} → ${to}: ${firing.length === 0 ? 'nothing fires' : firing.join(', ')}`,
  }),
  'degrade.listening': defineEvent<{ port: number }>({
    level: 'info',
    description: 'The receiver of alerts is ready for webhooks of Alertmanager.',
    text: ({ port }) => `listening for alerts on port ${port}, path /alerts`,
  }),
}

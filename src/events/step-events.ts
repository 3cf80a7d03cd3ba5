import { defineEvent } from './define.ts'

export type StepOutcome = 'done' | 'failed' | 'skipped' | 'cancelled'

export const stepEvents = {
  'step.started': defineEvent<{ step: string; what: string }>({
    level: 'info',
    description: 'A step of a run began; `step` is its stable name, `what` says it in words.',
    text: (step) => `${step.what} ...`,
  }),
  'step.progress': defineEvent<{ step: string; detail: string; done?: number; total?: number }>({
    level: 'debug',
    description: 'Something moved inside a step that is still going.',
    text: (step) =>
      `${step.step}: ${step.detail}${step.total === undefined ? '' : ` (${step.done ?? 0}/${step.total})`}`,
  }),
  'step.finished': defineEvent<{
    step: string
    what: string
    outcome: StepOutcome
    durationMs: number
    detail?: string
  }>({
    level: 'info',
    description: 'A step ended, with its outcome and how long it took.',
    text: (step) =>
      `${step.what} ${step.outcome} in ${(step.durationMs / 1000).toFixed(1)} s${step.detail ? ` (${step.detail})` : ''}`,
  }),
}

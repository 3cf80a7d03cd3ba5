import { defineEvent } from './define.ts'

type ResourceOperation = 'create' | 'update' | 'replace' | 'delete'
interface Resource {
  /** `apps/v1:Deployment`. */
  kind: string
  /** `namespace/name`, or `name` where cluster-scoped. */
  name: string
}

const past = { create: 'created', update: 'updated', replace: 'replaced', delete: 'deleted' } as const
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export const engineEvents = {
  'engine.resource-started': defineEvent<Resource & { op: ResourceOperation }>({
    level: 'debug',
    description: 'Work on one object began.',
    text: (step) => `${step.op} ${step.kind} ${step.name}`,
  }),
  'engine.resource-finished': defineEvent<Resource & { op: ResourceOperation; elapsedMs: number }>({
    level: 'info',
    description: 'One object was created, updated, replaced or deleted; `elapsedMs` includes waiting for it.',
    text: (step) => `${past[step.op]} ${step.kind} ${step.name} (${seconds(step.elapsedMs)})`,
  }),
  'engine.resource-failed': defineEvent<Resource & { op: ResourceOperation; message: string }>({
    level: 'error',
    description: 'Work on one object failed.',
    text: (step) => `failed to ${step.op} ${step.kind} ${step.name}: ${step.message}`,
  }),
  'engine.resource-status': defineEvent<Resource & { text: string }>({
    level: 'debug',
    description: 'What an object under way is waiting for; an empty text clears the line.',
    text: (step) => `${step.kind} ${step.name}: ${step.text}`,
  }),
  'engine.warning': defineEvent<{ text: string }>({
    level: 'warning',
    description: 'A warning of the engine or of the provider.',
    text: (warning) => warning.text,
  }),
  'engine.lock-taken-over': defineEvent<{ stack: string; pid: number; since: string }>({
    level: 'warning',
    description: 'The lock of a run whose process is gone was removed.',
    text: (lock) =>
      `stack ${lock.stack} was locked by process ${lock.pid} since ${lock.since}, which is gone: taken over`,
  }),
  'engine.survivor-ended': defineEvent<{ pid: number }>({
    level: 'warning',
    description: 'An engine that outlived the iv that had started it was ended.',
    text: (engine) => `engine process ${engine.pid} of an earlier run was still there: ended`,
  }),
  'engine.state-repaired': defineEvent<{ stack: string; part: 'state' | 'notes' }>({
    level: 'warning',
    description:
      'A state that was cut short, by a full disk, a power cut or a kill, was replaced by its backup; or the notes beside a whole state were cut, and removed.',
    text: ({ stack, part }) =>
      part === 'state'
        ? `the state of stack ${stack} was cut short: went back to its backup, one step older`
        : `the notes beside the state of stack ${stack} were cut short: removed, the state is whole`,
  }),
}

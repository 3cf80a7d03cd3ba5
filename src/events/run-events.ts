import { defineEvent } from './define.ts'

export const runEvents = {
  'run.started': defineEvent<{ command: string; environment: string; regions: readonly string[] }>({
    level: 'debug',
    description: 'A command that changes or proves something began.',
    text: (run) => `${run.command} in environment ${run.environment}`,
  }),
  'run.cancelling': defineEvent<{ by: 'interrupt' | 'terminate' | 'timeout' }>({
    level: 'warning',
    description: 'The run was asked to stop and unwinds; a second Ctrl-C stops it at once.',
    text: (run) =>
      run.by === 'interrupt'
        ? 'stopping: finishing what is under way (Ctrl-C again stops at once)'
        : `stopping after ${run.by}`,
  }),
  'run.cancel-sent': defineEvent<{ run: string; pid: number }>({
    level: 'info',
    description: 'Another run was told to stop, and is waited for.',
    text: (sent) => `told run ${sent.run} (process ${sent.pid}) to stop; waiting until it has`,
  }),
  'run.waiting': defineEvent<{ what: string; elapsedMs: number }>({
    level: 'info',
    description: 'Heartbeat: a long step is still going.',
    text: (run) => `still ${run.what} (${Math.round(run.elapsedMs / 1000)} s)`,
  }),
  'run.note': defineEvent<{ text: string }>({
    level: 'info',
    description: 'Something worth a line that no program depends on.',
    text: (run) => run.text,
  }),
}

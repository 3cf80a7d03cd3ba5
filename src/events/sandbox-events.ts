import { defineEvent } from './define.ts'

export const sandboxEvents = {
  'local.waiting': defineEvent<{ holder: string }>({
    level: 'info',
    description: 'Another command changes the same sandbox; this one waits for it.',
    text: (lock) => `waiting for ${lock.holder}`,
  }),
  'local.component': defineEvent<{
    component: string
    state: 'starting' | 'ready' | 'restarting' | 'stopped'
    pid?: number
    port?: number
  }>({
    level: 'info',
    description: 'A process of the sandbox changed its state.',
    text: (component) =>
      [
        component.component,
        component.state,
        component.pid === undefined ? '' : `pid ${component.pid}`,
        component.port === undefined ? '' : `port ${component.port}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
  }),
  'local.unchanged': defineEvent<{ component: string }>({
    level: 'debug',
    description: 'A process of the sandbox runs as it should and was left alone.',
    text: (component) => `${component.component} runs already`,
  }),
  'local.leftover': defineEvent<{ pids: readonly number[] }>({
    level: 'warning',
    description: 'Processes of an interrupted start were found and are stopped.',
    text: (found) => `stopping what an interrupted command left: process ${found.pids.join(', ')}`,
  }),
  'local.nodes': defineEvent<{ ready: number; total: number }>({
    level: 'info',
    description: 'How many simulated nodes of a region are Ready.',
    text: (nodes) => `${nodes.ready} of ${nodes.total} nodes ready`,
  }),
  'local.definitions': defineEvent<{ total: number; stubs: readonly string[] }>({
    level: 'info',
    description: 'The custom kinds of a region are served; stubs are stand-ins that accept anything.',
    text: ({ total, stubs }) =>
      stubs.length === 0
        ? `${total} custom kinds served`
        : `${total} custom kinds served, ${stubs.length} of them stubs: ${stubs.join(', ')}`,
  }),
  'local.log': defineEvent<{ component: string; line: string }>({
    level: 'info',
    description: 'A line that a component wrote, while `iv local logs --follow` watches.',
    text: (log) => `${log.component}: ${log.line}`,
  }),
}

import { defineEvent } from './define.ts'

export const simulateEvents = {
  'simulate.sweep-progress': defineEvent<{ done: number; of: number }>({
    level: 'info',
    description: 'How many runs of a sweep are done, of at most how many.',
    text: ({ done, of }) => `${done} of at most ${of} runs`,
  }),
}

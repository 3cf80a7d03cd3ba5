import { defineEvent } from './define.ts'

export const capacityEvents = {
  'capacity.edit': defineEvent<{ file: string; lines: readonly string[] }>({
    level: 'info',
    description: 'What iv capacity-plan --write would change in the specification, as lines of a diff.',
    text: ({ file, lines }) => [file, ...lines].join('\n'),
  }),
}

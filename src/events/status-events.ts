import { defineEvent } from './define.ts'

export const statusEvents = {
  'status.observed': defineEvent<{ data: object; text: string }>({
    level: 'info',
    description: 'What `status --watch` sees, whenever it differs from before; `data` is that of the result.',
    text: (status) => status.text,
    picture: true,
  }),
}

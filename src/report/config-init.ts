import type { InitResult } from '../spec/init.ts'
import type { Writer } from './report.ts'

export const initWriter: Writer<InitResult> = {
  text: ({ files }) =>
    [...files.map((file) => `wrote ${file}`), 'next: iv config validate, then iv local up'].join('\n'),
}

import type { Finding } from '../failure.ts'
import type { ConfigValidation } from '../spec/validate.ts'
import type { Writer } from './report.ts'
import type { Style } from './style.ts'

export const validationWriter: Writer<ConfigValidation> = {
  text({ valid, errors, file, environments }, style) {
    if (!valid) return errors.map((error) => errorText(error, style)).join('\n')
    const what = file ?? 'the defaults (there is no iv.yaml)'
    return `${style.good('valid')}  ${what}, checked for: ${environments.join(', ')}`
  },
  markdown({ valid, errors, file, environments }) {
    if (valid) return `**valid**: ${file ?? 'defaults'}, checked for: ${environments.join(', ')}`
    return errors
      .map(({ place, message, hint }) => `- \`${place ?? ''}\` ${message}${hinted(hint)}`)
      .join('\n')
  },
}

function errorText({ place, message, hint }: Finding, style: Style): string {
  return `${style.bad('error')}  ${place === undefined ? '' : `${style.bold(place)}  `}${message}${hinted(hint)}`
}

function hinted(hint: string | undefined): string {
  return hint === undefined ? '' : ` (${hint})`
}

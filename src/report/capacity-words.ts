import type { Range } from '../capacity/price-book.ts'
import type { Sensitivity } from '../capacity/sensitivity.ts'

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
}

/** `1.2 M to 3.4 M USD`: two digits that mean something, as ranges of assumptions deserve no more. */
export function money({ low, high }: Range, currency: string): string {
  return `${short(low)} to ${short(high)} ${currency}`
}

export function short(value: number): string {
  const [factor, unit] = value >= 1e6 ? [1e6, ' M'] : value >= 1e3 ? [1e3, ' k'] : [1, '']
  return `${(value / factor).toFixed(value / factor < 10 && unit !== '' ? 2 : 0)}${unit}`
}

export function signed(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits)
  return `${value < 0 ? '-' : '+'}${Number(text).toLocaleString('en-US')}`
}

/** `+20 % -> -48 nodes, -20 % -> +75 nodes`, and the cost where no GPU node moves. */
export function effectText({ up, down }: Sensitivity): string {
  if (up.gpuNodes !== 0 || down.gpuNodes !== 0) {
    return `+20 % -> ${signed(up.gpuNodes)} nodes, -20 % -> ${signed(down.gpuNodes)} nodes`
  }
  return `+20 % -> ${signed(up.monthlyPercent, 1)} % cost, -20 % -> ${signed(down.monthlyPercent, 1)} % cost`
}

const labels: Readonly<Record<string, string>> = {
  sfu: 'SFU',
  asr: 'ASR',
  tts: 'TTS',
  llm: 'GPU node',
  evaluation: 'evaluation',
  api: 'API',
}

export function poolLabel(name: string): string {
  return labels[name] ?? name
}

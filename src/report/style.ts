/** How text may look. Writers receive one; whether it paints anything is the host's business. */
export interface Style {
  bold: (text: string) => string
  dim: (text: string) => string
  good: (text: string) => string
  warn: (text: string) => string
  bad: (text: string) => string
  /** Columns that fit; 80 where nobody knows. */
  width: number
}

const same = (text: string): string => text

export const plainStyle: Style = { bold: same, dim: same, good: same, warn: same, bad: same, width: 80 }

export function colourStyle(width: number): Style {
  const paint = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    good: paint(32, 39),
    warn: paint(33, 39),
    bad: paint(31, 39),
    width,
  }
}

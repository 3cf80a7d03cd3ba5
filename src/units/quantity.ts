const multipliers: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
}

export const quantityPattern = /^(\d+(?:\.\d+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/

/**
 * An amount of a resource as Kubernetes writes it (`500m`, `2`, `16Gi`): cores for CPU, bytes for memory.
 * The text is kept as written, so that what is rendered is what was reviewed.
 */
export class Quantity {
  readonly text: string
  /** In base units: cores, bytes, pieces. */
  readonly amount: number

  private constructor(text: string, amount: number) {
    this.text = text
    this.amount = amount
  }

  static parse(text: string): Quantity | undefined {
    const match = quantityPattern.exec(text)
    if (!match) return undefined
    return new Quantity(text, Number(match[1]) * (multipliers[match[2] ?? ''] ?? 1))
  }

  toString(): string {
    return this.text
  }

  toJSON(): string {
    return this.text
  }
}

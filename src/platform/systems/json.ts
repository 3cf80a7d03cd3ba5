/** A document for people and programs, as the value of a ConfigMap's key: the same bytes for the same value. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

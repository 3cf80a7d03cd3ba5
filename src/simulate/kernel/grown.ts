/** The same values with twice the room; the new places are 0. */
export function grown<T extends Float64Array | Int32Array>(values: T, kind: new (length: number) => T): T {
  const larger = new kind(values.length * 2)
  larger.set(values)
  return larger
}

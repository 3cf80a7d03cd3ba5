import type { Platform } from '../../spec/platform.ts'

/** Every image that the specification names. */
export function imagesOf({ specification }: Platform): { path: string; image: string }[] {
  return (['pools', 'workloads'] as const).flatMap((section) =>
    Object.entries(specification[section]).flatMap(([name, { image }]) =>
      image === undefined ? [] : [{ path: `${section}.${name}.image`, image }],
    ),
  )
}

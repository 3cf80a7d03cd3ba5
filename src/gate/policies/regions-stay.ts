import type { Policy } from './policy.ts'

export const regionsStay: Policy = {
  id: 'IV-POLICY-101',
  title: 'no region disappears with a change',
  isAboutChange: true,
  fix: 'drain the region and take its traffic away first; then accept this finding',
  check({ platform, past }) {
    const { regions } = platform.specification
    return Object.keys(past?.specification.regions ?? {})
      .filter((name) => !Object.hasOwn(regions, name))
      .map((name) => ({ path: `regions.${name}`, message: `${name} and everything in it is deleted` }))
  },
}

import { imagesOf } from './images.ts'
import type { Policy } from './policy.ts'

export const knownRegistries: Policy = {
  id: 'IV-POLICY-002',
  title: 'images come from the registries that gates.registries names',
  isAboutChange: false,
  fix: 'mirror the image, or add its registry to gates.registries',
  check({ platform }) {
    const { registries } = platform.specification.gates
    if (registries === undefined) return []
    return imagesOf(platform)
      .filter(
        ({ image }) => !registries.some((registry) => image.startsWith(`${registry.replace(/\/$/, '')}/`)),
      )
      .map(({ path, image }) => ({ path, message: `${image} is from none of ${registries.join(', ')}` }))
  },
}

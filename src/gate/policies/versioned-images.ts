import { imagesOf } from './images.ts'
import type { Policy } from './policy.ts'

export const versionedImages: Policy = {
  id: 'IV-POLICY-001',
  title: 'an image names its version',
  isAboutChange: false,
  fix: 'name a tag that is never moved, or better a digest',
  check: ({ platform }) =>
    imagesOf(platform)
      .filter(({ image }) => !isVersioned(image))
      .map(({ path, image }) => ({ path, message: `${image} can be another image tomorrow` })),
}

/** By digest, or by a tag other than the one that always moves. A colon before the last slash is a port. */
function isVersioned(image: string): boolean {
  if (image.includes('@sha256:')) return true
  const tag = /:([^:/]+)$/.exec(image)?.[1]
  return tag !== undefined && tag !== 'latest'
}

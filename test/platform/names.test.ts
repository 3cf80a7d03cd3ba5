import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { legal, longestName, namespaceName, nodeName, resourceName } from '../../src/platform/names.ts'

describe('names', () => {
  test('are derived from what they name', () => {
    expect(namespaceName('interview', 'media')).toBe('interview-media')
    expect(nodeName('us-east', 'gpu-8', 0)).toBe('us-east-gpu-8-1')
    expect(resourceName({ name: 'sfu', namespace: 'interview-media' })).toBe('interview-media/sfu')
    expect(resourceName({ name: 'interview-media' })).toBe('interview-media')
  })

  test('stay legal and distinct when they are too long', () => {
    const part = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,60}[a-z0-9]$/)
    fc.assert(
      fc.property(part, part, part, (first, second, third) => {
        const name = legal(first, second, third)
        expect(name.length).toBeLessThanOrEqual(longestName)
        expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
        expect(name).toBe(legal(first, second, third))
        expect(name).not.toBe(legal(first, second, `${third}x`))
      }),
    )
  })
})

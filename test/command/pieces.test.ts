import { describe, expect, it } from 'vitest'
import { commonExits, exitsOf } from '../../src/command/exits.ts'
import { failureOf } from '../../src/command/failure-of.ts'
import { sniffFormat } from '../../src/command/formats.ts'
import { Failure } from '../../src/failure.ts'
import { editDistance, nearest } from '../../src/nearest.ts'

describe('the format before the flags are known', () => {
  it.each([
    ['--json', 'json'],
    ['--output yaml', 'yaml'],
    ['--output=ndjson', 'ndjson'],
    ['-o wide', 'wide'],
    ['-owide', 'wide'],
    ['-o nonsense', 'table'],
    ['--output', 'table'],
    ['-- --json', 'table'],
    ['', 'table'],
  ])('%j is %s', (line, expected) => {
    expect(sniffFormat(line.split(' '), undefined)).toBe(expected)
  })

  it('comes from the environment when no flag says otherwise', () => {
    expect(sniffFormat([], 'json')).toBe('json')
    expect(sniffFormat(['-o', 'yaml'], 'json')).toBe('yaml')
  })
})

describe('the failure to report', () => {
  const running = new AbortController().signal
  const stopped = AbortSignal.abort(new Failure('TIMEOUT', 'late'))

  it('wraps what nobody expected', () => {
    expect(failureOf(new TypeError('x'), running)).toMatchObject({
      code: 'INTERNAL',
      message: 'unexpected error: x',
    })
  })

  it('is the reason for stopping, unless something worse happened', () => {
    expect(failureOf(new TypeError('x'), stopped).code).toBe('TIMEOUT')
    expect(failureOf(new Failure('OPERATION', 'x'), stopped).code).toBe('TIMEOUT')
    expect(failureOf(new Failure('PARTIAL', 'x'), stopped).code).toBe('PARTIAL')
  })
})

describe('suggestions', () => {
  it('name what is near and never what is far', () => {
    expect(nearest('regon', ['region', 'reason'])).toBe('region')
    expect(nearest('xyz', ['region', 'env'])).toBeUndefined()
    expect(editDistance('kitten', 'sitting')).toBe(3)
  })
})

describe('exit codes of a command', () => {
  it('are the common ones and its own, by number; a name that is no outcome is left out', () => {
    expect(exitsOf({})).toEqual(commonExits)
    expect(exitsOf({ exits: ['PARTIAL', 'CHANGES', 'NONSENSE'] })).toEqual([
      'OK',
      'INTERNAL',
      'USAGE',
      'CHANGES',
      'CANCELLED',
      'TIMEOUT',
      'PARTIAL',
      'INTERRUPTED',
      'TERMINATED',
    ])
  })
})

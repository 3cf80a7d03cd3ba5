import { describe, expect, it } from 'vitest'
import { answer, assertAnswerable } from '../../src/events/ask.ts'
import { confirm } from '../../src/events/confirm.ts'
import type { Question } from '../../src/events/host.ts'
import { RecorderHost } from '../../src/events/recorder.ts'

const change: Question = { id: 'c', text: 'Change it?', danger: 'change' }
const destroy: Question = { id: 'd', text: 'Destroy it?', danger: 'destroy', expected: 'us-east' }
const typing = (line: string) => ({ yes: false, confirmed: [], readLine: () => Promise.resolve(line) })

describe('answers', () => {
  it.each([
    ['y', true],
    ['yes', true],
    ['Y', true],
    ['', false],
    ['no', false],
    ['yes please', false],
  ])('%j to a change means %s', async (line, expected) => {
    expect(await answer(change, typing(line))).toBe(expected)
  })

  it.each([
    ['us-east', true],
    [' us-east ', true],
    ['US-EAST', false],
    ['y', false],
    ['', false],
  ])('%j to a destruction of us-east means %s', async (line, expected) => {
    expect(await answer(destroy, typing(line))).toBe(expected)
  })

  it('come from flags first', async () => {
    expect(await answer(change, { yes: true, confirmed: [] })).toBe(true)
    expect(await answer(destroy, { yes: false, confirmed: ['eu-west', 'us-east'] })).toBe(true)
  })

  it('are never given by --yes for a destruction, nor by another name', async () => {
    await expect(answer(destroy, { yes: true, confirmed: ['us-west'] })).rejects.toMatchObject({
      code: 'USAGE',
      next: 'add --confirm us-east',
    })
  })
})

describe('before any work', () => {
  it('refuses only what nobody could answer', () => {
    expect(() => assertAnswerable('change', { yes: false, confirmed: [] })).toThrow('no terminal')
    expect(() => assertAnswerable('destroy', { yes: true, confirmed: [] })).toThrow('no terminal')
    expect(() => assertAnswerable('change', { yes: true, confirmed: [] })).not.toThrow()
    expect(() => assertAnswerable('destroy', { yes: false, confirmed: ['a'] })).not.toThrow()
    expect(() => assertAnswerable('destroy', typing(''))).not.toThrow()
  })

  it('a decline is a cancellation, not a success', async () => {
    await expect(confirm(change, { host: new RecorderHost([false]) })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
    await expect(confirm(change, { host: new RecorderHost([true]) })).resolves.toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveCommand } from '../../src/command/resolve.ts'

const grammar = {
  commands: new Set(['deploy', 'local:up', 'drill', 'drill:report']),
  topics: new Set(['local', 'drill']),
  valued: new Set(['--region', '-r', '--env', '-e']),
}
const resolve = (line: string) =>
  resolveCommand(
    line.split(' ').filter((word) => word !== ''),
    grammar,
  )

describe('finding the command', () => {
  it.each([
    ['deploy --region us', { kind: 'command', id: 'deploy', argv: ['--region', 'us'] }],
    ['--region us deploy -y', { kind: 'command', id: 'deploy', argv: ['--region', 'us', '-y'] }],
    ['-r us local up', { kind: 'command', id: 'local:up', argv: ['-r', 'us'] }],
    ['local -e x up', { kind: 'command', id: 'local:up', argv: ['-e', 'x'] }],
    ['local:up --json', { kind: 'command', id: 'local:up', argv: ['--json'] }],
    ['drill zone', { kind: 'command', id: 'drill', argv: ['zone'] }],
    ['drill report', { kind: 'command', id: 'drill:report', argv: [] }],
    ['drill -- report', { kind: 'command', id: 'drill', argv: ['--', 'report'] }],
    ['drill -r us report', { kind: 'split', short: 'drill', long: 'drill:report' }],
    ['drill --json report', { kind: 'split', short: 'drill', long: 'drill:report' }],
    ['drill --region=us report', { kind: 'split', short: 'drill', long: 'drill:report' }],
    ['local', { kind: 'topic', id: 'local' }],
    ['', { kind: 'root' }],
    ['--json', { kind: 'root' }],
    ['local down', { kind: 'unknown', words: ['local', 'down'] }],
    ['lokal', { kind: 'unknown', words: ['lokal'] }],
  ])('%j', (line, expected) => {
    expect(resolve(line)).toEqual(expected)
  })

  it('keeps every word that is not part of the name, in order', () => {
    const word = fc.constantFrom('-r', '--env', '--json', 'us', 'zone', '--x=y', '-y')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (rest) => {
        const resolution = resolveCommand(['deploy', ...rest], grammar)
        expect(resolution).toEqual({ kind: 'command', id: 'deploy', argv: rest })
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import type { Envelope } from '../../src/report/envelope.ts'
import { iv, startIv } from '../support/iv.ts'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Starts the waiting command, sends the signals one after the other as soon as each was noticed. */
async function stop(args: readonly string[], signals: readonly Signal[]) {
  const child = startIv(['waiting', '--json', ...args], { fixtures: true })
  const left = [...signals]
  child.stderr?.on('data', (chunk: Buffer) => {
    const next = /waiting \.\.\.|stopping/.test(String(chunk)) ? left.shift() : undefined
    if (next !== undefined) child.kill(next)
  })
  const { exitCode, stdout, stderr } = await child
  return { exitCode, stdout: String(stdout), stderr: String(stderr) }
}

describe('stopping', () => {
  it.each([
    ['SIGINT', 8, 'CANCELLED'],
    ['SIGTERM', 143, 'TERMINATED'],
    ['SIGHUP', 143, 'TERMINATED'],
  ] as const)('the first %s lets the work unwind and ends with %i', async (signal, code, name) => {
    const result = await stop([], [signal])
    const envelope = JSON.parse(result.stdout) as Envelope
    expect([result.exitCode, envelope.exitCode, envelope.error?.code]).toEqual([code, code, name])
    expect(result.stderr).toContain('stopping')
  })

  it('the second Ctrl-C ends at once with 130, whatever the work does', async () => {
    const result = await stop(['--unwind', 'never'], ['SIGINT', 'SIGINT'])
    expect(result.exitCode).toBe(130)
  })

  it('an error that only follows from stopping does not hide the reason', async () => {
    expect((await stop(['--unwind', 'error'], ['SIGINT'])).exitCode).toBe(8)
  })

  it('a worse end than the reason is what is reported', async () => {
    expect((await stop(['--unwind', 'worse'], ['SIGINT'])).exitCode).toBe(14)
  })

  it('a rejection that nobody awaited lets the work unwind and ends with 1', async () => {
    const result = await iv(['waiting', '--unwind', 'defect', '--json'], { fixtures: true })
    expect(result.exitCode).toBe(1)
    expect(result.json.error?.message).toBe('unexpected error: nobody listens')
  })

  it('--timeout unwinds and ends with 9, also from IV_TIMEOUT', async () => {
    const [flag, variable] = await Promise.all([
      iv(['waiting', '--timeout', '50ms', '--json'], { fixtures: true }),
      iv(['waiting'], { fixtures: true, env: { IV_TIMEOUT: '50ms' } }),
    ])
    expect(flag.json).toMatchObject({
      exitCode: 9,
      error: { code: 'TIMEOUT', message: 'not done after 50ms' },
    })
    expect([flag.exitCode, variable.exitCode]).toEqual([9, 9])
  })
})

describe('questions without a terminal', () => {
  it.each([
    ['change', '--yes'],
    ['destroy', '--confirm'],
  ])('danger %s is refused before any work, naming %s', async (danger, flag) => {
    const result = await iv(['asking', '--danger', danger, '--json'], { fixtures: true })
    expect(result.exitCode).toBe(2)
    expect(result.json.error?.next).toContain(flag)
    expect(result.stderr).not.toContain('work began')
  })

  it('--yes answers a change and never a destruction', async () => {
    const [change, destroy] = await Promise.all([
      iv(['asking', '--danger', 'change', '--yes'], { fixtures: true }),
      iv(['asking', '--danger', 'destroy', '--yes'], { fixtures: true }),
    ])
    expect([change.exitCode, destroy.exitCode]).toEqual([0, 2])
  })

  it('--confirm answers only with exactly the expected name', async () => {
    const [right, wrong] = await Promise.all([
      iv(['asking', '--danger', 'destroy', '--confirm', 'us-east'], { fixtures: true }),
      iv(['asking', '--danger', 'destroy', '--confirm', 'us-eas'], { fixtures: true }),
    ])
    expect([right.exitCode, wrong.exitCode]).toEqual([0, 2])
    expect(wrong.stderr).toContain('--confirm us-east')
  })
})

import { describe, expect, it } from 'vitest'
import type { AskSettings } from '../../src/events/ask.ts'
import type { Host } from '../../src/events/host.ts'
import { NdjsonHost } from '../../src/events/ndjson-host.ts'
import { PlainHost } from '../../src/events/plain-host.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { span } from '../../src/events/span.ts'
import { Failure } from '../../src/failure.ts'
import { ManualClock } from '../support/manual-clock.ts'

const silent: AskSettings = { yes: false, confirmed: [] }

/** The same happenings for every host: two regions, a warning, a failure. */
function play(host: Host): void {
  host.notify('step.started', { step: 'up', what: 'deploying us-east' }, 'us-east')
  host.notify('step.progress', { step: 'up', detail: 'waiting', done: 1, total: 3 }, 'us-east')
  host.notify('run.note', { text: 'said in passing' }, 'us-east')
  host.notify('run.cancelling', { by: 'timeout' })
  host.notify(
    'step.finished',
    { step: 'up', what: 'deploying us-east', outcome: 'failed', durationMs: 1500, detail: 'quota' },
    'us-east',
  )
}

function plain(level: 'debug' | 'info' | 'warning' = 'info') {
  const clock = new ManualClock()
  const lines: string[] = []
  const host = new PlainHost({ write: (line) => lines.push(line), level, ask: silent }, clock)
  return { clock, lines, host }
}

describe('plain lines', () => {
  it('name the region and mark what is not ordinary', () => {
    const { host, lines } = plain()
    play(host)
    expect(lines).toEqual([
      'us-east: deploying us-east ...',
      'us-east: said in passing',
      'warning: stopping after timeout',
      'us-east: deploying us-east failed in 1.5 s (quota)',
    ])
  })

  it('leave out what is less important than the level', () => {
    const { host, lines } = plain('warning')
    play(host)
    expect(lines).toEqual(['warning: stopping after timeout'])
  })

  it('say every 15 s of silence what is still going on, and nothing once it has ended', async () => {
    const { host, lines, clock } = plain()
    host.notify('step.started', { step: 'up', what: 'deploying' }, 'us-east')
    await clock.advance(14_000)
    expect(lines).toHaveLength(1)
    await clock.advance(31_000)
    expect(lines.slice(1)).toEqual([
      'us-east: still deploying (15 s)',
      'us-east: still deploying (30 s)',
      'us-east: still deploying (45 s)',
    ])
    host.notify(
      'step.finished',
      { step: 'up', what: 'deploying', outcome: 'done', durationMs: 45_000 },
      'us-east',
    )
    await clock.advance(60_000)
    expect(lines).toHaveLength(5)
    await host.close()
    expect(clock.pending).toBe(0)
  })
})

describe('one JSON object per line', () => {
  it('counts without gaps, names the step that is under way and ends with the result', () => {
    const lines: string[] = []
    const host = new NdjsonHost({ write: (line) => lines.push(line), ask: silent }, new ManualClock())
    play(host)
    host.result({ exitCode: 4 })
    const parsed = lines.map((line) => JSON.parse(line))
    expect(parsed.map(({ seq, type, region, step }) => [seq, type, region, step])).toEqual([
      [1, 'step.started', 'us-east', 'up'],
      [2, 'step.progress', 'us-east', 'up'],
      [3, 'run.note', 'us-east', 'up'],
      [4, 'run.cancelling', null, null],
      [5, 'step.finished', 'us-east', 'up'],
      [6, 'result', null, null],
    ])
    expect(parsed[0].ts).toBe('2026-01-01T00:00:00.000Z')
    expect(parsed[5].data).toEqual({ exitCode: 4 })
  })
})

describe('a span', () => {
  it('times its work and tells what came of it', async () => {
    const clock = new ManualClock()
    const host = new RecorderHost()
    const c = { clock, host, signal: new AbortController().signal }
    const work = span(
      { step: 's', what: 'counting', detail: (n: number) => `${n} counted` },
      async () => {
        await clock.sleep(200)
        return 3
      },
      c,
    )
    await clock.advance(200)
    expect(await work).toBe(3)
    expect(host.of('step.finished')).toEqual([
      { step: 's', what: 'counting', outcome: 'done', durationMs: 200, detail: '3 counted' },
    ])
  })

  it('tells failed from cancelled and passes the error on', async () => {
    const host = new RecorderHost()
    const stop = new AbortController()
    const c = { clock: new ManualClock(), host, signal: stop.signal }
    const fail = () => span({ step: 's', what: 'x' }, () => Promise.reject(new Failure('OPERATION', 'no')), c)
    await expect(fail()).rejects.toThrow('no')
    stop.abort()
    await expect(fail()).rejects.toThrow('no')
    expect(host.of('step.finished').map(({ outcome }) => outcome)).toEqual(['failed', 'cancelled'])
  })
})

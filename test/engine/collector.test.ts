import type { EngineEvent } from '@pulumi/pulumi/automation/events.js'
import { expect, test } from 'vitest'
import { Collector } from '../../src/engine/collector.ts'
import { RecorderHost } from '../../src/events/recorder.ts'
import { ManualClock } from '../support/manual-clock.ts'

interface Step {
  op: string
  name: string
  type?: string
  custom?: boolean
  detailedDiff?: Record<string, unknown>
  outputs?: Record<string, unknown>
}

/** An event's metadata as the engine sends it; `logical` is true for ordinary steps. */
function metadata({ op, name, type = 'kubernetes:apps/v1:Deployment', custom = true, ...more }: Step) {
  const urn = `urn:pulumi:local.us-east::iv::${type}::media-${name}`
  const state = {
    type,
    urn,
    custom,
    inputs: { metadata: { name, namespace: 'media' } },
    outputs: more.outputs ?? {},
  }
  return { op, urn, type, new: state, logical: true, detailedDiff: more.detailedDiff }
}

function started(step: Step, planning = false): EngineEvent {
  return { resourcePreEvent: { metadata: metadata(step), planning } } as unknown as EngineEvent
}

function finished(step: Step): EngineEvent {
  return { resOutputsEvent: { metadata: metadata(step) } } as unknown as EngineEvent
}

function make() {
  const host = new RecorderHost()
  const clock = new ManualClock()
  return { host, clock, collector: new Collector('us-east', { host, clock }) }
}

test('counts objects, not groupings, and tells each with the time it took', async () => {
  const { host, clock, collector } = make()
  collector.take(started({ op: 'create', name: 'group', type: 'iv:region:Tier', custom: false }))
  collector.take(started({ op: 'create', name: 'sfu' }))
  await clock.advance(1500)
  collector.take(finished({ op: 'create', name: 'sfu' }))
  collector.take(started({ op: 'same', name: 'asr' }))
  const { summary, changes } = collector.record()
  expect(summary).toEqual({ create: 1, update: 0, replace: 0, delete: 0, same: 1 })
  expect(changes).toMatchObject([{ op: 'create', type: 'apps/v1:Deployment', name: 'media/sfu' }])
  expect(host.of('engine.resource-finished')).toEqual([
    { op: 'create', kind: 'apps/v1:Deployment', name: 'media/sfu', elapsedMs: 1500 },
  ])
})

test('the three steps of a replacement are one change', () => {
  const { collector } = make()
  const detailedDiff = { 'spec.selector': {}, __initialApiVersion: {} }
  for (const op of ['delete-replaced', 'replace', 'create-replacement']) {
    collector.take(started({ op, name: 'sfu', detailedDiff }))
  }
  const { summary, changes } = collector.record()
  expect(summary.replace).toBe(1)
  expect(changes).toMatchObject([{ op: 'replace', paths: ['spec.selector'] }])
})

test('a refresh is no change, and a plan tells no progress', () => {
  const { host, collector } = make()
  collector.take(started({ op: 'refresh', name: 'sfu' }, true))
  collector.take(started({ op: 'update', name: 'sfu' }, true))
  expect(collector.record().summary).toMatchObject({ update: 1, same: 0 })
  expect(host.events).toEqual([])
})

test('debug messages, which hold secrets, reach nobody', () => {
  const { host, collector } = make()
  const diagnosticEvent = { severity: 'debug', message: 'password=hunter2', color: 'never' }
  collector.take({ diagnosticEvent } as unknown as EngineEvent)
  expect(JSON.stringify([host.events, collector.record()])).not.toContain('hunter2')
})

test('an error belongs to its object and comes with the failure of the step', () => {
  const { host, collector } = make()
  const step = { op: 'create', name: 'sfu' }
  collector.take(started(step))
  const { urn } = metadata(step)
  collector.take({
    diagnosticEvent: { severity: 'error', urn, message: 'no room' },
  } as unknown as EngineEvent)
  collector.take({ resOpFailedEvent: { metadata: metadata(step) } } as unknown as EngineEvent)
  expect(host.of('engine.resource-failed')).toMatchObject([{ name: 'media/sfu', message: 'no room' }])
  expect(collector.record().errors).toMatchObject([{ subject: { name: 'media/sfu' }, message: 'no room' }])
})

test('outputs are those of the stack, with secrets only named', () => {
  const { collector } = make()
  const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'x' }
  const type = 'pulumi:pulumi:Stack'
  collector.take(
    finished({ op: 'create', name: 's', type, custom: false, outputs: { provider: 'bundled', secret } }),
  )
  expect(collector.record().outputs).toEqual({ provider: 'bundled', secret: '[secret]' })
})

test('a difference tells the value that is and the one that is specified', () => {
  const { collector } = make()
  const image = 'spec.template.spec.containers[0].image'
  const label = 'metadata.labels["app.kubernetes.io/name"]'
  const inputs = (tag: string, labels: object) => ({
    metadata: { name: 'sfu', namespace: 'media', labels },
    spec: { template: { spec: { containers: [{ image: `sfu:${tag}` }] } } },
  })
  const step = metadata({ op: 'update', name: 'sfu', detailedDiff: { [image]: {}, [label]: {} } })
  const before = { ...step.new, inputs: inputs('1', {}) }
  const after = { ...step.new, inputs: inputs('2', { 'app.kubernetes.io/name': 'sfu' }) }
  const event = { resourcePreEvent: { metadata: { ...step, old: before, new: after }, planning: true } }
  collector.take(event as unknown as EngineEvent)
  expect(collector.record().changes[0]?.differences).toEqual([
    { path: label, from: undefined, to: 'sfu' },
    { path: image, from: 'sfu:1', to: 'sfu:2' },
  ])
})

test('an error that begins with the name of its object is told without it', () => {
  const { collector } = make()
  const step = metadata({ op: 'create', name: 'sfu' })
  collector.take(started({ op: 'create', name: 'sfu' }))
  const message = 'Preview failed: Deployment media/sfu: image is required'
  const diagnosticEvent = { urn: step.urn, severity: 'error', message, prefix: '', color: 'never' }
  collector.take({ diagnosticEvent } as unknown as EngineEvent)
  expect(collector.record().errors).toMatchObject([{ message: 'image is required' }])
})

test('changes are told by name, however they arrived', () => {
  const { collector } = make()
  for (const name of ['sfu', 'api', 'llm']) collector.take(started({ op: 'create', name }))
  const { changes } = collector.record()
  expect(changes.map(({ name }) => name)).toEqual(['media/api', 'media/llm', 'media/sfu'])
})

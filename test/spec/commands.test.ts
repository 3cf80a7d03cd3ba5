import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { explanationWriter } from '../../src/report/config-explanation.ts'
import { validationWriter } from '../../src/report/config-validation.ts'
import { viewWriter } from '../../src/report/config-view.ts'
import { plainStyle } from '../../src/report/style.ts'
import { explainPath } from '../../src/spec/explain.ts'
import { initProject } from '../../src/spec/init.ts'
import { validateConfig } from '../../src/spec/validate.ts'
import { viewConfig } from '../../src/spec/view.ts'
import { failureOf, folder, production, world } from './support.ts'

describe('config validate', () => {
  it('checks every environment, and says once what is wrong in all of them', async () => {
    const text = `pools: { api: { instances: { minimum: 99 } } }\n${production}  staging: {}\n`
    const { data, outcome, error } = await validateConfig({}, await world(text))
    expect(outcome).toBe('USAGE')
    expect(data.environments).toEqual(['local', 'production', 'staging'])
    expect(data.errors.filter(({ id }) => id === 'IV-POOL-001')).toHaveLength(1)
    expect(data.errors.filter(({ path }) => path?.startsWith('environments.staging.'))).toHaveLength(22)
    expect(error?.message).toBe('iv.yaml is not valid: 23 errors')
  })

  it('checks one where one is named', async () => {
    const c = await world(`${production}  staging: {}\n`)
    const { data } = await validateConfig({ environment: 'production' }, c)
    expect(data).toEqual({ valid: true, errors: [], file: 'iv.yaml', environments: ['production'] })
    expect(await failureOf(validateConfig({ environment: 'stagging' }, c))).toMatchObject({
      code: 'NOT_FOUND',
      next: 'did you mean staging?',
    })
  })

  it('prints one line per error, with place and hint', async () => {
    const { data } = await validateConfig({}, await world('pools:\n  sfuu: {}\n'))
    expect(validationWriter.text(data, plainStyle)).toBe(
      'error  iv.yaml:2:3  unknown key "sfuu" in pools (did you mean sfu?)',
    )
  })

  it('has nothing against no file at all', async () => {
    const { data } = await validateConfig({}, await world())
    expect(data).toEqual({ valid: true, errors: [], file: null, environments: ['local'] })
    expect(validationWriter.text(data, plainStyle)).toContain('the defaults (there is no iv.yaml)')
  })
})

describe('config view', () => {
  it('shows YAML that is the same specification again', async () => {
    const { data } = await viewConfig({ environment: 'local', showOrigin: true }, await world())
    expect(parse(viewWriter.text(data, plainStyle))).toEqual(data.value)
  })

  it('says where each value came from', async () => {
    const c = await world('pools: { sfu: { instances: { minimum: 6 } } }\n')
    const input = { environment: 'local', path: 'pools.sfu.instances', showOrigin: true }
    const { data } = await viewConfig(input, c)
    expect(viewWriter.text(data, plainStyle)).toBe(
      [
        'minimum: 6 # iv.yaml:1:39',
        'maximum: 30 # default, assumption: ten times the minimum, until a capacity plan says better',
      ].join('\n'),
    )
    expect(data.origins?.['pools.sfu.instances.minimum']).toEqual({ from: 'file', place: 'iv.yaml:1:39' })
  })

  it('shows a single value with its origin', async () => {
    const input = { environment: 'local', path: 'disasterRecovery.zone.rto', showOrigin: false }
    const { data } = await viewConfig(input, await world())
    expect(data).toEqual({
      path: 'disasterRecovery.zone.rto',
      value: '2m',
      origin: { from: 'default', source: 'Recovery Objectives: AZ failure' },
    })
  })

  it('refuses a path that there is not, with the nearest', async () => {
    const input = { environment: 'local', path: 'pools.sfu.instanses.minimum', showOrigin: false }
    expect(await failureOf(viewConfig(input, await world()))).toMatchObject({
      code: 'USAGE',
      next: 'did you mean instances?',
    })
  })
})

describe('config explain', () => {
  it('tells meaning, type, default with its source, and what is in effect', async () => {
    const c = await world('pools: { sfu: { trigger: { scaleOut: 90 } } }\n')
    const { data } = await explainPath({ environment: 'local', path: 'pools.sfu.trigger.scaleOut' }, c)
    expect(data).toEqual({
      path: 'pools.sfu.trigger.scaleOut',
      description: 'scale out above this value',
      type: 'number > 0',
      default: 80,
      source: 'Scaling Triggers and Thresholds: SFU Servers, Scale-Out Trigger',
      value: 90,
      origin: { from: 'file', place: 'iv.yaml:1:38' },
      keys: [],
    })
    expect(explanationWriter.text(data, plainStyle)).toBe(
      [
        'pools.sfu.trigger.scaleOut  number > 0',
        'scale out above this value',
        'default  80  (Scaling Triggers and Thresholds: SFU Servers, Scale-Out Trigger)',
        'value    90  (iv.yaml:1:38)',
      ].join('\n'),
    )
  })

  it('lists the keys below, also of what a free name or a list entry stands for', async () => {
    const c = await world()
    const keysOf = async (path: string) =>
      (await explainPath({ environment: 'local', path }, c)).data.keys.map(({ key }) => key)
    expect(await keysOf('pools.sfu.instances')).toEqual(['minimum', 'maximum'])
    expect(await keysOf('circuitBreakers')).toContain('openFor')
    expect(await keysOf('scenarios.NAME.ramp')).toEqual(['from', 'until', 'startInterviews', 'endInterviews'])
    expect(await keysOf('environments.NAME.pools')).toContain('sfu')
  })

  it('works while the file has errors, without the value in effect', async () => {
    const c = await world('pools: { sfuu: {} }\n')
    const { data } = await explainPath({ environment: 'local', path: 'pools.sfu.port' }, c)
    expect(data).toMatchObject({ default: 7880, type: 'whole number ≥ 1, ≤ 65535' })
    expect(data).not.toHaveProperty('value')
  })

  it('does not find an environment that there is not', async () => {
    const work = explainPath({ environment: 'nowhere', path: 'pools' }, await world())
    expect((await failureOf(work)).code).toBe('NOT_FOUND')
  })

  it.each([
    ['poools', 'did you mean pools?'],
    ['pools.sfu.trigger.scaleUot', 'did you mean scaleOut?'],
    ['pools.sfu.port.deeper', 'there is none'],
  ])('refuses %s', async (path, next) => {
    const failure = await failureOf(explainPath({ environment: 'local', path }, await world()))
    expect(failure).toMatchObject({ code: 'USAGE', next })
  })
})

describe('init', () => {
  const packageRoot = join(import.meta.dirname, '..', '..')
  const input = { preset: 'minimal', force: false } as const

  it('writes a valid iv.yaml into a folder that it makes', async () => {
    const { paths } = await world()
    const target = join(await folder(), 'deep', 'er')
    const { data } = await initProject({ ...input, folder: target }, { paths, runId: 'RUN' })
    expect(data.files).toEqual([join(target, 'iv.yaml')])
    expect(await readFile(join(target, 'iv.yaml'), 'utf8')).toBe(
      await readFile(join(packageRoot, 'templates', 'presets', 'minimal.yaml'), 'utf8'),
    )
  })

  it('leaves an iv.yaml that is there alone, unless forced', async () => {
    const { paths } = await world()
    const target = await folder()
    await writeFile(join(target, 'iv.yaml'), 'name: mine\n')
    const refusal = await failureOf(initProject({ ...input, folder: target }, { paths, runId: 'RUN' }))
    expect(refusal).toMatchObject({ code: 'USAGE', next: expect.stringContaining('--force') })
    expect(await readFile(join(target, 'iv.yaml'), 'utf8')).toBe('name: mine\n')
    await initProject({ preset: 'seed', force: true, folder: target }, { paths, runId: 'RUN' })
    expect(await readFile(join(target, 'iv.yaml'), 'utf8')).toContain('Sticky Session Configuration')
    expect(await readdir(target)).toEqual(['iv.yaml'])
  })

  it('says so where it cannot write', async () => {
    const { paths } = await world()
    const target = join(await folder(), 'file')
    await writeFile(target, '')
    const failure = await failureOf(initProject({ ...input, folder: target }, { paths, runId: 'RUN' }))
    expect(failure).toMatchObject({ code: 'OPERATION', message: expect.stringContaining(target) })
  })
})

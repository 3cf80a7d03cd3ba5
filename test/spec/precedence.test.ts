import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadPlatform } from '../../src/spec/load.ts'
import type { Origin } from '../../src/spec/platform.ts'
import { failureOf, load, production, world } from './support.ts'

const path = 'pools.api.instances.minimum'
const inFile = 'pools: { api: { instances: { minimum: 4 } } }\n'
const inOverlay = production.replace('api: { image:', 'api: { instances: { minimum: 5 }, image:')

interface Sources {
  file: boolean
  overlay: boolean
  variable: boolean
  flag: boolean
}

async function effective(sources: Sources): Promise<[number, Origin]> {
  const text = `${sources.file ? inFile : ''}${sources.overlay ? inOverlay : production}`
  const variables = sources.variable ? { IV_SET: `${path}=6` } : {}
  const set = sources.flag ? [`${path}=7`] : []
  const platform = await loadPlatform({ environment: 'production', set }, await world(text, variables))
  return [platform.specification.pools.api.instances.minimum, platform.originOf(path)]
}

describe('precedence', () => {
  it('is flag, variable, environment, file, default, in every combination', async () => {
    const any = fc.record({
      file: fc.boolean(),
      overlay: fc.boolean(),
      variable: fc.boolean(),
      flag: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(any, async (sources) => {
        const [value, origin] = await effective(sources)
        const winner = sources.flag
          ? [7, 'flag']
          : sources.variable
            ? [6, 'environment-variable']
            : sources.overlay
              ? [5, 'overlay']
              : sources.file
                ? [4, 'file']
                : [3, 'default']
        expect([value, origin.from]).toEqual(winner)
      }),
      { numRuns: 24 },
    )
  })

  it('knows the place of each', async () => {
    expect(await effective({ file: true, overlay: false, variable: false, flag: false })).toEqual([
      4,
      { from: 'file', place: 'iv.yaml:1:39' },
    ])
    const [, overlay] = await effective({ file: true, overlay: true, variable: false, flag: false })
    expect(overlay).toEqual({ from: 'overlay', environment: 'production', place: 'iv.yaml:17:36' })
    const [, variable] = await effective({ file: true, overlay: true, variable: true, flag: false })
    expect(variable).toEqual({ from: 'environment-variable', name: 'IV_SET' })
  })

  it('leaves the values beside the one that was set alone', async () => {
    const platform = await load(inFile)
    expect(platform.specification.pools.api.instances.maximum).toBe(30)
    expect(platform.originOf('pools.api.instances.maximum').from).toBe('default')
  })
})

describe('IV_SET', () => {
  it('takes several values and later variables win over earlier ones', async () => {
    const variables = {
      IV_SET: 'pools.api.instances.minimum=4; pools.sfu.startup=10s\nregions.us-east.zones=[a, b]',
      IV_SET_CI: 'pools.api.instances.minimum=5',
    }
    const platform = await loadPlatform({ environment: 'local' }, await world(undefined, variables))
    expect(platform.specification.pools.api.instances.minimum).toBe(5)
    expect(platform.specification.pools.sfu.startup.ms).toBe(10_000)
    expect(platform.specification.regions['us-east']?.zones).toEqual(['a', 'b'])
    expect(platform.originOf(path)).toEqual({ from: 'environment-variable', name: 'IV_SET_CI' })
  })

  it.each([
    ['pools.api.prot=80', 'unknown key "prot" in pools.api', 'did you mean port?'],
    [
      'pools.api.port',
      'IV_SET has no path=value: "pools.api.port"',
      'write for example IV_SET=pools.api.instances.minimum=4',
    ],
    ['pools.api.port=80, 81', 'pools.api.port cannot be "80, 81": it takes a number', undefined],
    ['regions.us-east.zones=[a', 'IV_SET has no path=value: "regions.us-east.zones=[a"', expect.anything()],
  ])('that says %s is one error', async (value, message, hint) => {
    const failure = await failureOf(
      loadPlatform({ environment: 'local' }, await world(undefined, { IV_SET: value })),
    )
    expect(failure.code).toBe('USAGE')
    expect(failure.findings).toHaveLength(1)
    expect(failure.findings[0]).toMatchObject({
      place: 'IV_SET',
      message,
      ...(hint === undefined ? {} : { hint }),
    })
  })

  it('cannot bring local out of the sandbox', async () => {
    const variables = { IV_SET: 'regions.us-east.context=prod;state.backend=s3://prod' }
    const { specification } = await loadPlatform({ environment: 'local' }, await world(undefined, variables))
    expect(specification.regions['us-east']?.context).toBe('iv-local-us-east')
    expect(specification.state.backend).toBe('file://.iv/state')
  })
})

describe('the digest', () => {
  it('is the same for the same platform, however it is written', async () => {
    const one = await load('pools: { api: { startup: 60s, port: 81 } }\n')
    const other = await load('# reordered\npools:\n  api:\n    port: 81\n    startup: 1m\n')
    expect(one.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(other.digest).toBe(one.digest)
  })

  it('does not depend on whether a value stands in the file, in the environment or in a variable', async () => {
    const change = fc.constantFrom(
      'pools: { api: { instances: { minimum: 4, maximum: 9 } } }',
      'regions: { eu-west: null, ap-south: { role: edge } }',
      'regions: { us-east: { zones: [a, b] } }',
      'timeouts: { llm: 4s }',
      'circuitBreakers: { llm-api: { openFor: 90s }, tts-primary: null }',
    )
    await fc.assert(
      fc.asyncProperty(change, async (text) => {
        const { digest } = await load(`${text}\n`)
        expect((await load(`environments:\n  local:\n    ${text}\n`)).digest).toBe(digest)
        const setting = { IV_SET: text.replace(': ', '=') }
        const c = await world(undefined, setting)
        expect((await loadPlatform({ environment: 'local' }, c)).digest).toBe(digest)
      }),
      { numRuns: 10 },
    )
  })

  it('changes with every value', async () => {
    const digests = await Promise.all(
      ['', 'name: other\n', 'pools: { api: { port: 81 } }\n', 'delivery: gitops\n'].map((text) => load(text)),
    )
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4)
  })
})

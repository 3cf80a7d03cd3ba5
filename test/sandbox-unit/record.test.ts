import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePaths } from '../../src/paths.ts'
import { writeAtomically } from '../../src/sandbox/files.ts'
import { sandboxRecordFile } from '../../src/sandbox/places.ts'
import { planRecord } from '../../src/sandbox/plan-record.ts'
import { readSandbox } from '../../src/sandbox/read.ts'
import { allComponents, type SandboxRecord } from '../../src/sandbox/record.ts'

const paths = makePaths({ packageRoot: '/', project: '/nowhere/project', environment: {} })

async function plan(known: SandboxRecord | undefined, regions: readonly string[]): Promise<SandboxRecord> {
  return planRecord(known, { regions, timeScale: 60, startups: [], paths })
}

function portsOf(record: SandboxRecord): number[] {
  return [record.etcdPeerPort, ...allComponents(record).map(({ component }) => component.port)]
}

test('however regions are added, ports and numbers are never shared and never change', async () => {
  const name = fc.constantFrom('us-east', 'us-west', 'eu-west', 'ap-south')
  const steps = fc.array(fc.uniqueArray(name, { minLength: 1 }), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      let record: SandboxRecord | undefined
      for (const regions of sequence) {
        const before = record
        record = await plan(before, regions)
        const ports = portsOf(record)
        expect(new Set(ports).size).toBe(ports.length)
        expect(ports.every((port) => port > 0)).toBe(true)
        const numbers = record.regions.map(({ index }) => index)
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(record.regions.slice(0, before?.regions.length ?? 0)).toEqual(before?.regions ?? [])
      }
    }),
    { numRuns: 12 },
  )
})

test('there is no sandbox where no record is', async () => {
  const project = await mkdtemp(join(tmpdir(), 'iv-record-'))
  expect(await readSandbox(makePaths({ packageRoot: '/', project, environment: {} }))).toBeUndefined()
})

test.each([
  ['{"version": 1, "etcd"', 'is not JSON'],
  ['{"version": 2}', 'was not written by this version'],
  ['{"version": 1}', 'is incomplete'],
  ['null', 'was not written by this version'],
])('a damaged record %s names the file and the way out', async (text, reason) => {
  const project = await mkdtemp(join(tmpdir(), 'iv-record-'))
  const own = makePaths({ packageRoot: '/', project, environment: {} })
  await writeAtomically(sandboxRecordFile(own), text, 0o600)
  await expect(readSandbox(own)).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringContaining(reason),
    next: expect.stringContaining('iv local reset'),
  })
})

test('a file is replaced as a whole and nothing is left beside it, also when it cannot be', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-record-'))
  const file = join(folder, 'value')
  await Promise.all(['one', 'two', 'three'].map((text) => writeAtomically(file, text, 0o600)))
  expect(await readdir(folder)).toEqual(['value'])
  await writeFile(join(folder, 'plain'), '')
  await expect(writeAtomically(join(folder, 'plain', 'below'), 'x', 0o600)).rejects.toMatchObject({
    code: 'OPERATION',
    message: expect.stringContaining(join(folder, 'plain', 'below')),
  })
})

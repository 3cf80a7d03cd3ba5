import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { checkBackend } from '../../src/doctor/backend.ts'
import { doctor } from '../../src/doctor/doctor.ts'
import { doctorWriter } from '../../src/doctor/result.ts'
import { toFailure } from '../../src/failure.ts'
import { plainStyle } from '../../src/report/style.ts'
import { loadPlatform } from '../../src/spec/load.ts'
import { coreTools } from '../../src/toolchain/toolchain.ts'
import {
  type Machine,
  makeMachine,
  onMachine,
  putFakeGo,
  putOnPath,
  versionLine,
  writeProgram,
} from '../toolchain/machine.ts'

function machineWithPrograms(): Machine {
  const machine = makeMachine()
  putFakeGo(machine)
  for (const name of coreTools) putOnPath(machine, name)
  return machine
}

const input = { environment: 'local', regions: [], flags: {} }

test('on a machine that has everything and no sandbox nothing fails, and what cannot be checked is skipped', async () => {
  const report = await doctor(input, onMachine(machineWithPrograms()))
  expect(report.data.checks.filter((check) => check.status === 'fail')).toEqual([])
  expect(report.outcome).toBe('OK')
  expect(report.data.checks.find((check) => check.id === 'cluster.us-east.access')).toMatchObject({
    status: 'skip',
    hint: 'iv local up',
  })
  const ids = report.data.checks.map((check) => check.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every line that is not right says what to do', async () => {
  const machine = makeMachine()
  const report = await doctor(input, onMachine(machine))
  const wrong = report.data.checks.filter((check) => check.status === 'warn' || check.status === 'fail')
  expect(wrong.length).toBeGreaterThan(0)
  expect(wrong.filter((check) => check.hint === undefined)).toEqual([])
})

test('a check that fails makes the outcome OPERATION and names it', async () => {
  const machine = makeMachine()
  putFakeGo(machine)
  rmSync(join(machine.bin, 'go'))
  const report = await doctor(input, onMachine(machine))
  expect(report.outcome).toBe('OPERATION')
  expect(report.error?.message).toMatch(/^1 of \d+ checks failed: go$/)
})

test('a specification that does not load is one failed line beside the others', async () => {
  const machine = machineWithPrograms()
  writeFileSync(join(machine.root, 'iv.yaml'), 'apiVersion: iv/v1\npolls: {}\n')
  const { data } = await doctor(input, onMachine(machine))
  expect(data.checks.find((check) => check.id === 'specification')).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('iv.yaml:2:1'),
  })
  expect(data.checks.find((check) => check.id === 'tool.etcd')?.status).toBe('ok')
})

test.each([
  ['environment', { environment: 'prodution' }],
  ['region', { regions: ['us-esat'] }],
])('an unknown %s is NOT_FOUND as in every other command', async (_what, change) => {
  const failure = toFailure(await doctor({ ...input, ...change }, onMachine(makeMachine())).catch(toFailure))
  expect(failure.code).toBe('NOT_FOUND')
})

test('only the regions that are asked for are checked', async () => {
  const { data } = await doctor({ ...input, regions: ['us-west'] }, onMachine(machineWithPrograms()))
  const clusters = data.checks.filter((check) => check.id.startsWith('cluster.'))
  expect(clusters.map((check) => check.id)).toEqual(['cluster.us-west.access'])
})

/** The backend is the one part of the platform that matters here. */
async function backendCheck(machine: Machine, backend: string) {
  const c = onMachine(machine)
  const platform = await loadPlatform({ environment: 'local' }, c)
  const specification = { ...platform.specification, state: { backend } }
  return checkBackend({ ...platform, environment: 'prod', specification }, c)
}

test('a folder of state must be there; being asked changes nothing', async () => {
  const machine = makeMachine()
  const folder = join(machine.root, 'state')
  const url = pathToFileURL(folder).href
  expect(await backendCheck(machine, url)).toMatchObject({
    status: 'fail',
    detail: `${folder} does not exist`,
  })
  mkdirSync(folder)
  expect(await backendCheck(machine, url)).toEqual({
    id: 'state.backend',
    status: 'ok',
    detail: `files in ${folder}`,
  })
})

test.each([
  ['echo "error: AccessDenied: no permission" >&2; exit 255', { status: 'fail', denied: true }],
  ['echo "error: could not list bucket: no such host" >&2; exit 255', { status: 'fail' }],
  ['echo "[]"', { status: 'ok', detail: 's3://bucket/state answers' }],
])('a remote backend is asked through the engine: %s', async (script, expected) => {
  const machine = makeMachine()
  writeProgram(
    join(machine.bin, 'pulumi'),
    `[ "$1" = version ] && { echo '${versionLine('pulumi')}'; exit 0; }\n${script}`,
  )
  const check = await backendCheck(machine, 's3://bucket/state')
  expect(check).toMatchObject(expected)
  expect(check.denied).toBe('denied' in expected ? true : undefined)
})

test('without pulumi a remote backend is left unjudged', async () => {
  expect(await backendCheck(makeMachine(), 's3://bucket/state')).toMatchObject({
    status: 'skip',
    hint: 'iv toolchain install pulumi',
  })
})

test('the text has a line per check, hints below what is not right, and a summary last', () => {
  const text = doctorWriter.text(
    {
      checks: [
        { id: 'node', status: 'ok', detail: 'Node 24.0.0' },
        { id: 'disk.project', status: 'fail', detail: '0.1 GB free', hint: 'make room' },
      ],
    },
    plainStyle,
  )
  expect(text.split('\n')).toEqual([
    'ok    node          Node 24.0.0',
    'FAIL  disk.project  0.1 GB free',
    '                    -> make room',
    '',
    '1 ok, 0 warnings, 1 failed, 0 skipped',
  ])
})

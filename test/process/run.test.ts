import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { runProcess } from '../../src/process/run.ts'

const program = new URL('../fixtures/process/child.js', import.meta.url).pathname
const run = (args: readonly string[], more: Partial<Parameters<typeof runProcess>[0]> = {}) =>
  runProcess({ file: process.execPath, args: [program, ...args], deadlineMs: 10_000, ...more })

describe('running a program to its end', () => {
  it('gives the exit code back instead of throwing', async () => {
    expect(await run(['exit', '3'])).toMatchObject({ exitCode: 3, timedOut: false })
  })

  it('hands over lines as they come, by stream, and the whole text at the end', async () => {
    const seen: string[] = []
    const output = await run(['lines'], { onLine: (line, stream) => seen.push(`${stream} ${line}`) })
    expect(seen.toSorted()).toEqual(['stderr three', 'stdout one', 'stdout two'])
    expect(output).toMatchObject({ stdout: 'one\ntwo', stderr: 'three', exitCode: 0 })
  })

  it('adds to the environment, and gives stdin only what it is given', async () => {
    expect((await run(['env', 'IV_CHILD'], { env: { IV_CHILD: 'x' } })).stdout).toBe('x')
    expect((await run(['stdin'], { input: 'hello' })).stdout).toBe('hello')
    expect((await run(['stdin'])).stdout).toBe('')
  })

  it('ends what hangs at its deadline', async () => {
    expect(await run(['hang'], { deadlineMs: 300 })).toMatchObject({ timedOut: true })
  })

  it('throws the reason when it is told to stop, and ends by force what does not listen', async () => {
    const stop = new AbortController()
    const running = run(['stubborn'], {
      signal: stop.signal,
      graceMs: 100,
      onLine: () => stop.abort(new Failure('CANCELLED', 'enough')),
    })
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('names a program that is not there', async () => {
    const missing = runProcess({ file: 'iv-no-such-program', args: [], deadlineMs: 1000 })
    await expect(missing).rejects.toMatchObject({
      code: 'OPERATION',
      message: expect.stringContaining('iv-no-such-program'),
    })
  })
})

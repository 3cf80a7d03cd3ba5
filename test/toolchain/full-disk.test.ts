import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { toFailure } from '../../src/failure.ts'
import { makeToolchain } from '../../src/toolchain/locate.ts'
import { makeMachine, onMachine, putFakeGo, writeProgram } from './machine.ts'

/** Mounting takes root; without it there is no full disk to be had, and the test says so by being skipped. */
const mayMount = process.getuid?.() === 0

test.skipIf(!mayMount)(
  'a full disk ends the install with the reason, and what was there stays usable',
  async () => {
    const machine = makeMachine()
    putFakeGo(machine)
    const cache = join(machine.root, 'cache')
    mkdirSync(cache)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', cache], { encoding: 'utf8' })
    expect(mounted.stderr).toBe('')
    onTestFinished(() => {
      spawnSync('umount', ['-l', cache])
    })
    const toolchain = makeToolchain(onMachine(machine))
    await toolchain.ensure(['etcd'])
    // A linker that writes more than there is room for.
    writeProgram(
      join(machine.bin, 'go'),
      `PATH=/usr/bin:/bin
[ "$1" = env ] && { echo go1.26.8; exit 0; }
while [ "$1" != -o ]; do shift; done
dd if=/dev/zero of="$2/kubectl" bs=64k count=64`,
    )
    const failure = toFailure(await toolchain.ensure(['kubectl']).catch(toFailure))
    expect(failure.code).toBe('OPERATION')
    expect(failure.message).toContain('No space left on device')
    expect((await toolchain.find('etcd'))?.source).toBe('cache')
    expect(await toolchain.find('kubectl')).toBeUndefined()
    expect(readdirSync(join(cache, 'toolchain/work'))).toEqual([])
    expect(readdirSync(join(cache, 'toolchain/locks'))).toEqual([])
  },
)

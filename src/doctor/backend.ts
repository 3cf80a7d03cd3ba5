import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Collaborators } from '../collaborators.ts'
import { backendOf } from '../deploy/backend.ts'
import { engineEnvironment } from '../engine/environment.ts'
import { fileBackendFolder } from '../engine/places.ts'
import { toFailure } from '../failure.ts'
import type { Platform } from '../spec/platform.ts'
import { makeToolchain } from '../toolchain/locate.ts'
import { type Check, failed } from './check.ts'

const id = 'state.backend'
const listDeadlineMs = 30_000

/** How the engine and the storage services say that credentials are missing or do not suffice. */
const denial =
  /access ?denied|forbidden|unauthori[sz]ed|\b40[13]\b|no valid credential|credentials|pulumi login|login/i

/** Whether the deployment state can be read, and written where that can be told without writing. */
export async function checkBackend(platform: Platform, c: Collaborators): Promise<Check> {
  try {
    const backend = backendOf(platform, c.paths)
    const folder = fileBackendFolder(backend.url)
    if (folder !== undefined) return await checkFolder(folder, backend.own)
    return await askEngine(backend.url, c)
  } catch (error) {
    c.signal.throwIfAborted()
    return failed(id, toFailure(error), 'check state.backend in iv.yaml')
  }
}

async function checkFolder(folder: string, own: boolean): Promise<Check> {
  // The project's own state is made by the first deploy; a folder of the user's is never made for them.
  const place = own ? await existing(folder) : folder
  try {
    await access(place, constants.R_OK | constants.W_OK)
    return {
      id,
      status: 'ok',
      detail: `files in ${folder}${place === folder ? '' : ' (made by the first deploy)'}`,
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const missing = code === 'ENOENT'
    return {
      id,
      status: 'fail',
      detail: missing ? `${folder} does not exist` : `${place} cannot be written (${code})`,
      hint: missing ? 'make the folder, or correct state.backend' : 'change its owner or mode',
      ...(missing ? {} : { denied: code === 'EACCES' || code === 'EPERM' }),
    }
  }
}

async function existing(folder: string): Promise<string> {
  try {
    await access(folder)
    return folder
  } catch {
    return dirname(folder) === folder ? folder : existing(dirname(folder))
  }
}

/** Lists stacks: the cheapest thing that needs the storage. Writing is not tried: a check changes nothing. */
async function askEngine(url: string, c: Collaborators): Promise<Check> {
  const pulumi = await makeToolchain(c).find('pulumi')
  if (!pulumi)
    return {
      id,
      status: 'skip',
      detail: `${url} needs pulumi to be asked`,
      hint: 'iv toolchain install pulumi',
    }
  const output = await c.run({
    file: pulumi.path,
    args: ['stack', 'ls', '--all', '--json', '--non-interactive'],
    env: await engineEnvironment({ backend: url, ownKey: false }, c),
    cwd: c.paths.project,
    deadlineMs: listDeadlineMs,
    signal: c.signal,
  })
  if (output.exitCode === 0) return { id, status: 'ok', detail: `${url} answers` }
  const reason = output.timedOut ? `no answer in ${listDeadlineMs / 1000} s` : lastLine(output.stderr)
  const denied = !output.timedOut && denial.test(output.stderr)
  const hint = denied ? 'give the engine credentials for this backend' : 'check state.backend and the network'
  return { id, status: 'fail', detail: `${url}: ${reason}`, hint, ...(denied ? { denied } : {}) }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
}

import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive, thisProcess } from '../process/identity.ts'

/** Who has a lock. The first four are for people, the rest decides whether it still lives. */
export interface Holder {
  host: string
  pid: number
  /** `deploy`. */
  command: string
  runId: string
  /** One acquisition: no two of them share it, not even in one process. */
  token: string
  /** Boot and start ticks of the process; absent where the system tells neither. */
  startTime?: string
  /** Process numbers mean something only within this: containers may share a host name and a boot. */
  pidSpace?: string
}

export function thisHolder(input: { command: string; runId: string; token: string }): Holder {
  const { pid, startTime } = thisProcess()
  const space = pidSpace()
  return {
    host: hostname(),
    pid,
    ...input,
    ...(startTime === undefined ? {} : { startTime }),
    ...(space === undefined ? {} : { pidSpace: space }),
  }
}

/** `build-7 (iv deploy, process 4711, run 01J…)` */
export function holderText({ host, pid, command, runId }: Holder): string {
  return pid === 0 ? host : `${host} (iv ${command}, process ${pid}, run ${runId})`
}

/** True where its processes can be asked about and its clock is ours: the same boot, the same numbering. */
export function isSameMachine(holder: Holder): boolean {
  const boot = bootOf(thisProcess().startTime)
  return boot !== undefined && bootOf(holder.startTime) === boot && holder.pidSpace === pidSpace()
}

/** Only what can be proven from here: a holder on another machine never is. */
export function isProvablyDead(holder: Holder): boolean {
  return isSameMachine(holder) && !isAlive(holder)
}

function bootOf(startTime: string | undefined): string | undefined {
  return startTime?.split('/')[0] || undefined
}

function pidSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}

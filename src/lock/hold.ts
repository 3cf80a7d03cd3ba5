import { Failure } from '../failure.ts'

/** A lock that is held now, as those see it who write under it. */
export interface Hold {
  /** Aborts when the lock is lost; its reason is the `Failure` to report. */
  readonly signal: AbortSignal
  /** Rises with every acquisition of this lock by anybody. */
  readonly fencingNumber: number
  /** @throws Failure `LOCKED` once the lock is lost, or is so old that somebody else may have it. */
  assertHeld(): void
}

/** What stacks this process holds the locks of: whoever writes to a cluster for a stack asks here first. */
export class Holds {
  readonly #byStack = new Map<string, Hold>()

  add({ project, stack }: StackKey, hold: Hold): void {
    this.#byStack.set(`${project}/${stack}`, hold)
  }

  remove({ project, stack }: StackKey): void {
    this.#byStack.delete(`${project}/${stack}`)
  }

  /** @throws Failure where the lock is not held (any more); a write without one at all is a defect. */
  assertMayWrite({ project, stack }: StackKey): void {
    const hold = this.#byStack.get(`${project}/${stack}`)
    if (!hold) throw new Failure('INTERNAL', `a write for stack ${project}/${stack} without its lock`)
    hold.assertHeld()
  }
}

interface StackKey {
  project: string
  stack: string
}

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
  /** How the clusters are reached: a process has one kubeconfig, and a context per region. */
  kubeconfig: string | undefined
  readonly #byStack = new Map<string, { hold: Hold; takeOwnership: boolean }>()

  /** `takeOwnership`: fields that others own are taken from them. */
  add({ project, stack }: StackKey, hold: Hold, { takeOwnership = false } = {}): void {
    this.#byStack.set(`${project}/${stack}`, { hold, takeOwnership })
  }

  remove({ project, stack }: StackKey): void {
    this.#byStack.delete(`${project}/${stack}`)
  }

  /** @throws Failure where the lock is not held (any more); a write without one at all is a defect. */
  assertMayWrite({ project, stack }: StackKey): void {
    const held = this.#byStack.get(`${project}/${stack}`)
    if (!held) throw new Failure('INTERNAL', `a write for stack ${project}/${stack} without its lock`)
    held.hold.assertHeld()
  }

  takesOwnership({ project, stack }: StackKey): boolean {
    return this.#byStack.get(`${project}/${stack}`)?.takeOwnership ?? false
  }
}

interface StackKey {
  project: string
  stack: string
}

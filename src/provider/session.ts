import { connectSource } from '../cluster/connect.ts'
import type { ConnectedCluster } from '../cluster/connect.ts'
import type { Clock } from '../clock.ts'
import { Failure } from '../failure.ts'
import { EngineLog } from './log.ts'
import { readSettings } from './settings.ts'
import type { Settings } from './settings.ts'

/** What belongs to one provider resource of one stack during one operation of the engine. */
export interface Session {
  readonly settings: Settings
  readonly cluster: ConnectedCluster
  readonly log: EngineLog
  readonly clock: Clock
  /** Aborts waiting, never a write that is under way. */
  readonly signal: AbortSignal
  /** Namespaces and kinds that this program makes, known from `check`: for previews, where they do not exist yet. */
  readonly planned: Set<string>
  /** Every object that this program has, by `objectKey`, with the URN that has it now. Empty in a destroy. */
  readonly wanted: Map<string, string>
  /** Asked before every write. @throws when this process may not write for the stack (any more). */
  readonly assertMayWrite: () => void
  /** Whether fields that others own are taken from them. */
  readonly takesOwnership: () => boolean
}

/** What this process may do for a stack now: to write, it has to hold the lock of the stack's region. */
export interface WriteRules {
  assertMayWrite(stack: { project: string; stack: string }): void
  takesOwnership(stack: { project: string; stack: string }): boolean
  /** Path of the kubeconfig for programs that name none. */
  kubeconfig?: string | undefined
}

interface Entry {
  engineAddress: string
  session: Session | undefined
  controller: AbortController
  running: number
  over: boolean
  /** Of the stack that this connection serves; known from the first call about a resource. */
  urn: string
}

interface Call {
  peer: string
  urn: string
}

/**
 * The engine opens a connection of its own for every provider resource, and says neither in `create` nor in any
 * other call which one it means. So the connection is the key: two stacks, or two clusters in one stack, share the
 * port and never each other's state. A call on a connection that was never configured fails instead of guessing.
 */
export class Sessions {
  readonly #clock: Clock
  readonly #rules: WriteRules
  readonly #entries = new Map<string, Entry>()

  constructor(clock: Clock, rules: WriteRules) {
    this.#clock = clock
    this.#rules = rules
  }

  /** A new connection; a port number used before starts from nothing. */
  open(peer: string, engineAddress: string): void {
    const known = this.#entries.get(peer)
    if (known && known.engineAddress === engineAddress && !known.over) return
    if (known) this.#close(known)
    const controller = new AbortController()
    const fresh = { session: undefined, running: 0, over: false, urn: '' }
    this.#entries.set(peer, { engineAddress, controller, ...fresh })
  }

  async configure(peer: string, variables: ReadonlyMap<string, string>): Promise<void> {
    const entry = this.#entries.get(peer)
    if (!entry) throw new Failure('INTERNAL', `provider: nothing attached from ${peer}`)
    const settings = readSettings(variables, this.#rules.kubeconfig)
    // The engine cancels at the end of every operation, so the last one's signal is no use to the next.
    entry.controller = new AbortController()
    entry.over = false
    const previous = entry.session
    const cluster = await connectSource(settings.kubeconfig, this.#clock)
    previous?.cluster.close()
    entry.session = {
      settings,
      cluster,
      clock: this.#clock,
      log: previous?.log ?? new EngineLog(entry.engineAddress),
      signal: entry.controller.signal,
      planned: new Set(),
      wanted: new Map(),
      assertMayWrite: () => this.#rules.assertMayWrite(stackOf(entry.urn)),
      takesOwnership: () => this.#rules.takesOwnership(stackOf(entry.urn)),
    }
  }

  async use<T>({ peer, urn }: Call, work: (session: Session) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(peer)
    if (!entry?.session)
      throw new Failure('INTERNAL', `provider: connection ${peer} was not configured, or was cancelled`)
    entry.urn ||= urn
    entry.running += 1
    try {
      return await work(entry.session)
    } finally {
      entry.running -= 1
      if (entry.over && entry.running === 0) this.#forget(peer, entry)
    }
  }

  /** Stops waiting; the session ends when its last call has. */
  cancel(peer: string): void {
    const entry = this.#entries.get(peer)
    if (!entry) return
    entry.over = true
    entry.controller.abort(new Failure('CANCELLED', 'cancelled while waiting'))
    if (entry.running === 0) this.#forget(peer, entry)
  }

  close(): void {
    for (const entry of this.#entries.values()) this.#close(entry)
    this.#entries.clear()
  }

  #forget(peer: string, entry: Entry): void {
    this.#close(entry)
    if (this.#entries.get(peer) === entry) this.#entries.delete(peer)
  }

  #close(entry: Entry): void {
    entry.controller.abort(new Failure('CANCELLED', 'cancelled while waiting'))
    entry.session?.cluster.close()
    entry.session?.log.close()
  }
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
function stackOf(urn: string): { project: string; stack: string } {
  const [stack = '', project = ''] = urn.replace(/^urn:pulumi:/, '').split('::')
  return { project, stack }
}

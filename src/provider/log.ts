import { credentials } from '@grpc/grpc-js'
import { engine } from './protocol.ts'

type Client = InstanceType<typeof engine.EngineClient>

/** Lines on the engine's display, each beside its resource. Never fails: what is lost is a line. */
export class EngineLog {
  readonly #client: Client
  readonly #last = new Map<string, string>()

  constructor(address: string) {
    this.#client = new engine.EngineClient(address, credentials.createInsecure())
  }

  /** What a resource is waiting for; replaces the line before, an empty one clears it. */
  status(urn: string, text: string): void {
    if ((this.#last.get(urn) ?? '') === text) return
    this.#last.set(urn, text)
    this.#send(urn, text, { ephemeral: true, severity: engine.LogSeverity.INFO })
  }

  warning(urn: string, text: string): void {
    this.#send(urn, text, { ephemeral: false, severity: engine.LogSeverity.WARNING })
  }

  close(): void {
    this.#client.close()
  }

  #send(urn: string, text: string, kind: { ephemeral: boolean; severity: 0 | 1 | 2 | 3 }): void {
    const request = new engine.LogRequest()
    request.setUrn(urn)
    request.setMessage(text)
    request.setSeverity(kind.severity)
    request.setEphemeral(kind.ephemeral)
    this.#client.log(request, () => {
      // The engine may be gone already; a line that it does not show is no error.
    })
  }
}

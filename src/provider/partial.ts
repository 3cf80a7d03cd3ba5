import { Metadata, status } from '@grpc/grpc-js'
import type { ServiceError } from '@grpc/grpc-js'
import type { JsonObject } from '../cluster/cluster.ts'
import { isFailure } from '../failure.ts'
import { Any, Status, rpc } from './protocol.ts'
import { toStruct } from './values.ts'

/** An object that exists but is not usable: the engine keeps it, and its reasons, and looks again next time. */
export class NotReady extends Error {
  readonly id: string
  readonly state: JsonObject
  readonly inputs: JsonObject

  constructor(input: { id: string; reason: string; state: JsonObject; inputs: JsonObject }) {
    super(input.reason)
    this.name = 'NotReady'
    this.id = input.id
    this.state = input.state
    this.inputs = input.inputs
  }
}

/** Any error in the form in which the engine takes one. Its text is what people read. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  if (error instanceof NotReady) return partialFailure(error)
  const message = error instanceof Error ? error.message : String(error)
  const next = isFailure(error) && error.next !== undefined ? ` (${error.next})` : ''
  return { code: status.UNKNOWN, details: message + next }
}

function partialFailure(error: NotReady): Partial<ServiceError> {
  const detail = new rpc.ErrorResourceInitFailed()
  detail.setId(error.id)
  detail.setProperties(toStruct(error.state))
  detail.setInputs(toStruct(error.inputs))
  detail.setReasonsList([error.message])
  const any = new Any()
  any.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const whole = new Status()
  whole.setCode(status.UNKNOWN)
  whole.setMessage(error.message)
  whole.setDetailsList([any])
  const metadata = new Metadata()
  metadata.set('grpc-status-details-bin', Buffer.from(whole.serializeBinary()))
  return { code: status.UNKNOWN, details: error.message, metadata }
}

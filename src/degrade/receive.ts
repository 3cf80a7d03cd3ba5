import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connectSource } from '../cluster/connect.ts'
import type { Collaborators } from '../collaborators.ts'
import type { ReceptionData } from '../report/reception.ts'
import type { Report } from '../report/report.ts'
import { startReceiver } from './receiver.ts'

export interface ReceiveInput {
  /** Of the FeatureFlag. */
  namespace: string
  port: number
  /** Its current context is used; undefined means the usual place. */
  kubeconfig?: string | undefined
}

/** Listens until the signal ends it, which is how it is meant to end. */
export async function receive(input: ReceiveInput, c: Collaborators): Promise<Report<ReceptionData>> {
  const { namespace } = input
  const cluster = await connectSource({ path: input.kubeconfig }, c.clock)
  try {
    const server = await startReceiver({ cluster, namespace, region: cluster.context, port: input.port }, c)
    const { port } = server.address() as AddressInfo
    c.host.notify('degrade.listening', { port })
    if (!c.signal.aborted) await once(server, 'close')
    return { kind: 'DegradeReception', data: { port, namespace } }
  } finally {
    cluster.close()
  }
}

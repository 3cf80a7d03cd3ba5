import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectCluster, connectSource } from '../../src/cluster/connect.ts'
import { answer, connected, kubeconfigFor, serveHttp } from './http-server.ts'

async function kubeconfigFile(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'iv-kubeconfig-')), 'config')
  await writeFile(file, text)
  return file
}

describe('what keeps a connection from being made', () => {
  test('a kubeconfig file that is not there is named', async () => {
    await expect(connectCluster({ kubeconfig: '/nowhere/config', context: 'x' })).rejects.toMatchObject({
      code: 'USAGE',
      message: 'kubeconfig /nowhere/config does not exist',
    })
  })

  test('a kubeconfig that is not YAML is refused with its path', async () => {
    const file = await kubeconfigFile('{ not: [yaml')
    await expect(connectCluster({ kubeconfig: file, context: 'x' })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(file),
    })
  })

  test('a missing context lists those there are', async () => {
    const file = await kubeconfigFile(kubeconfigFor(1))
    await expect(connectCluster({ kubeconfig: file, context: 'prod' })).rejects.toMatchObject({
      code: 'USAGE',
      message: `context prod is not in ${file}`,
      next: 'contexts there: ctx',
    })
  })

  test('an unreachable server names address, context and reason', async () => {
    const served = await serveHttp(() => {})
    await served.stop()
    await expect(connectSource({ contents: kubeconfigFor(served.port) })).rejects.toMatchObject({
      code: 'OPERATION',
      retryable: true,
      message: `cannot reach http://127.0.0.1:${served.port} of context ctx: connection refused`,
    })
  })

  test('a rejected token is a matter of credentials', async () => {
    const served = await serveHttp((_request, response) => answer(response, 401, { message: 'Unauthorized' }))
    await expect(
      connectSource({ contents: kubeconfigFor(served.port, { token: 'old' }) }),
    ).rejects.toMatchObject({
      code: 'AUTH',
      message: `http://127.0.0.1:${served.port} does not accept user u of context ctx (401)`,
    })
    await served.stop()
  })

  test('an expired client certificate is named with its date', async () => {
    const served = await serveHttp((_request, response) => answer(response, 401, {}))
    const certificate = { 'client-certificate-data': Buffer.from(expired).toString('base64') }
    await expect(connectSource({ contents: kubeconfigFor(served.port, certificate) })).rejects.toMatchObject({
      code: 'AUTH',
      message: 'client certificate of user u in context ctx expired at 2021-01-01T00:00:00.000Z (401)',
    })
    await served.stop()
  })

  test('a failing credential plugin is reported with what it said', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', 'echo locked >&2; exit 3'],
    }
    await expect(connectSource({ contents: kubeconfigFor(1, { exec }) })).rejects.toMatchObject({
      code: 'AUTH',
      message: 'no credentials for context ctx: locked',
    })
  })
})

test('a forbidden kube-system still connects, and only its identity is refused', async () => {
  const served = await serveHttp((_request, response) =>
    answer(response, 403, { message: 'namespaces is forbidden: User "u" cannot get resource' }),
  )
  const cluster = await connectSource({ contents: kubeconfigFor(served.port) })
  await expect(cluster.uid()).rejects.toMatchObject({ code: 'AUTH' })
  cluster.close()
  await served.stop()
})

describe('an exchange', () => {
  test('sends a DELETE body with its length, which the API server insists on', async () => {
    const { cluster, stop } = await connected((request, response) =>
      answer(response, 200, { length: request.headers['content-length'], body: request.body }),
    )
    const { body } = await cluster.request({ method: 'DELETE', path: '/x', body: { kind: 'é' } })
    expect(body).toEqual({ length: '13', body: '{"kind":"é"}' })
    await stop()
  })

  test('that gets no answer ends at its deadline', async () => {
    const { cluster, stop } = await connected(() => {})
    await expect(cluster.request({ method: 'GET', path: '/slow', deadlineMs: 20 })).rejects.toMatchObject({
      code: 'OPERATION',
      message: expect.stringContaining('gave no answer in 0.02 s'),
    })
    await stop()
  })

  test('ends with the reason of its signal', async () => {
    const { cluster, stop } = await connected(() => {})
    const reason = new Error('told to stop')
    await expect(
      cluster.request({ method: 'GET', path: '/slow', signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
    await stop()
  })

  test('survives a server that closes an idle connection as it is used again', async () => {
    let dropped = 0
    const { cluster, stop } = await connected((request, response) => {
      if (request.url === '/drop' && dropped++ === 0) request.socket.destroy()
      else answer(response, 200, { ok: true })
    })
    expect((await cluster.request({ method: 'GET', path: '/drop' })).body).toEqual({ ok: true })
    await stop()
  })

  test('keeps words that are not JSON', async () => {
    const { cluster, stop } = await connected((_request, response) => response.end('ok'))
    expect(await cluster.request({ method: 'GET', path: '/readyz' })).toEqual({
      status: 200,
      body: { message: 'ok' },
    })
    await stop()
  })
})

/** Self-signed, valid in 2020 only. */
const expired = `-----BEGIN CERTIFICATE-----
MIIBPzCB56ADAgECAgECMAoGCCqGSM49BAMCMA4xDDAKBgNVBAMMA29sZDAeFw0y
MDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBaMA4xDDAKBgNVBAMMA29sZDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABOYOqn/TTG39y+pvngwyuB/FscT06NbjmqM+
tS+kICe8KqxxLOeLAly6rLizb0aHGq8pp9XXnCx+UiN57z4vNrCjNjA0MBMGA1Ud
JQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBRmJIQjufbquH7IlBlir38IfWFLfTAK
BggqhkjOPQQDAgNHADBEAiA78f4syr+676Qku0OOk9eBeBRdJ1Efv04yTREN6qnV
WAIgEWX/r0ZmnPmb8unyAdsJ5BpGN2tZ2txw3u94QHzXJNU=
-----END CERTIFICATE-----
`

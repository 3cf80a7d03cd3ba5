import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { Paths } from '../paths.ts'
import { applyObject, type SandboxClient } from './client.ts'

interface RbacObject {
  apiVersion: string
  kind: string
  metadata: { name: string }
}

/** Gives kwok's user exactly what `templates/sandbox/kwok-access.yaml` says. */
export async function allowKwok(client: SandboxClient, paths: Pick<Paths, 'packageRoot'>): Promise<void> {
  const text = await readFile(join(paths.packageRoot, 'templates', 'sandbox', 'kwok-access.yaml'), 'utf8')
  const objects = parseAllDocuments(text).map((document) => document.toJS() as RbacObject)
  await Promise.all(
    objects.map((object) =>
      applyObject(
        client,
        `/apis/${object.apiVersion}/${object.kind.toLowerCase()}s/${object.metadata.name}`,
        { body: object },
      ),
    ),
  )
}

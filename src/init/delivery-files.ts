import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments, visit } from 'yaml'
import type { Paths } from '../paths.ts'
import type { Duration } from '../units/duration.ts'
import type { ciNames, controllerNames } from './names.ts'

export interface Delivery {
  environment: string
  /** In the order in which a change reaches them; at least one. */
  regions: readonly string[]
  /** Of the tree, relative to the repository. */
  folder: string
  repository: string
  bake: Duration
  ci: (typeof ciNames)[number] | undefined
  controller: (typeof controllerNames)[number] | undefined
}

export interface DeliveryFile {
  /** Relative to the repository. */
  path: string
  text: string
}

/** The pipeline and the controller's objects, made from the templates for one environment. */
export async function deliveryFiles(
  delivery: Delivery,
  { packageRoot }: Pick<Paths, 'packageRoot'>,
): Promise<DeliveryFile[]> {
  const { ci, controller, environment } = delivery
  const read = (...path: string[]): Promise<string> =>
    readFile(join(packageRoot, 'templates', ...path), 'utf8')
  const pipelines = { github: '.github/workflows/iv.yaml', gitlab: '.gitlab-ci.yml' }
  const kind = controller === undefined ? 'pulumi.yaml' : 'gitops.yaml'
  return [
    ...(ci ? [{ path: pipelines[ci], text: filled(await read('ci', ci, kind), delivery) }] : []),
    ...(controller
      ? [
          {
            path: `${controller}/${environment}.yaml`,
            text: filled(await read('gitops', `${controller}.yaml`), delivery),
          },
        ]
      : []),
  ]
}

/** A document that begins with `# each region` is there once for each. */
function filled(template: string, delivery: Delivery): string {
  const documents = template.split(/^---\n/m).flatMap((document) => {
    if (!document.startsWith('# each region\n')) return [document]
    const body = document.slice('# each region\n'.length)
    return delivery.regions.map((region) => body.replaceAll('__REGION__', region))
  })
  return inBlocks(documents.map((document) => substituted(document, delivery)).join('---\n'))
}

function substituted(text: string, delivery: Delivery): string {
  const { environment, folder, repository, regions, bake } = delivery
  const [first = ''] = regions
  const values: Readonly<Record<string, string>> = {
    __ENVIRONMENT__: environment,
    __FOLDER__: folder,
    __REPOSITORY__: repository,
    __FIRST__: first,
    __BAKE_SECONDS__: String(bake.secondsCeil),
    __REGION_WORDS__: regions.join(' '),
    __REGIONS__: JSON.stringify(regions),
    __STEPS__: JSON.stringify(regions.slice(1).map((to, index) => ({ from: regions[index], to }))),
    __ELEMENTS__: JSON.stringify(regions.map((region) => ({ region, cluster: region }))),
    __SYNC_STEPS__: JSON.stringify(
      regions.map((region) => ({
        matchExpressions: [{ key: 'iv.dev/region', operator: 'In', values: [region] }],
      })),
    ),
  }
  return text.replaceAll(/__[A-Z_]+__/g, (name) => values[name] ?? name)
}

/** Lists that were filled in are written as people write them; everything else, comments included, stays. */
function inBlocks(text: string): string {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) return text
  return documents
    .map((document) => {
      visit(document, {
        Collection: (_, node) => {
          // Written as JSON, so with quoted keys or strings; short lists of the template itself have none.
          if (node.flow && /"/.test(text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0))) node.flow = false
        },
        Scalar: (_, node) => {
          const isOurs = node.type === 'QUOTE_DOUBLE' && /^[\w./-]+$/.test(String(node.value))
          if (isOurs) node.type = 'PLAIN'
        },
      })
      return document.toString({ lineWidth: 0, flowCollectionPadding: false })
    })
    .join('')
}

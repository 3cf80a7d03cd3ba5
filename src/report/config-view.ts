import { Document, isNode } from 'yaml'
import type { ConfigView } from '../spec/view.ts'
import { originText } from './config-origin.ts'
import type { Writer } from './report.ts'

/** YAML that could be an `iv.yaml` again; with origins as comments where they were asked for. */
export const viewWriter: Writer<ConfigView> = {
  text({ value, origins, path }) {
    const document = new Document(value)
    for (const [leaf, origin] of Object.entries(origins ?? {})) {
      const below = path === '' ? leaf : leaf.slice(path.length + 1)
      const node = below === '' ? document.contents : document.getIn(below.split('.'), true)
      if (isNode(node)) node.comment = ` ${originText(origin)}`
    }
    return document.toString({ lineWidth: 0 }).trimEnd()
  },
}

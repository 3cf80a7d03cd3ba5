import { Document, isScalar, visit } from 'yaml'

/**
 * One object as a YAML document that every reader understands alike: keys sorted, no anchors, no folded lines. Written
 * by the rules of YAML 1.1, which is what kubectl and GitOps controllers read: `on` is text only in quotes there. What
 * begins like a number is quoted as well (`500m`, `0o7`), so that no parser has to be trusted with the difference.
 */
export function toYaml(object: unknown): string {
  const document = new Document(object, {
    version: '1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  })
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && /^[-+.]?\d/.test(node.value)) {
        node.type = 'QUOTE_DOUBLE'
      }
    },
  })
  return document.toString({ lineWidth: 0 })
}

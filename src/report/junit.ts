export interface TestCase {
  classname: string
  name: string
  /** Absent where it passed. */
  failure?: { type: string; message: string; text: string }
  /** Neither passed nor failed: the reason. */
  skipped?: string
  output?: string
}

/** One suite as JUnit XML, ending in a newline. */
export function junit(suite: string, cases: readonly TestCase[]): string {
  const failures = cases.filter(({ failure }) => failure).length
  const skipped = cases.filter((each) => each.skipped !== undefined).length
  const counts = `tests="${cases.length}" failures="${failures}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(suite)}" ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts} errors="0" skipped="${skipped}">`,
    ...cases.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ classname, name, failure, skipped, output }: TestCase): string {
  const head = `    <testcase classname="${escaped(classname)}" name="${escaped(name)}"`
  const inner = [
    ...(failure
      ? [
          `<failure type="${escaped(failure.type)}" message="${escaped(failure.message)}">${escaped(failure.text)}</failure>`,
        ]
      : []),
    ...(skipped === undefined ? [] : [`<skipped message="${escaped(skipped)}"/>`]),
    ...(output === undefined ? [] : [`<system-out>${escaped(output)}</system-out>`]),
  ]
  if (inner.length === 0) return `${head}/>`
  return [`${head}>`, ...inner.map((line) => `      ${line}`), '    </testcase>'].join('\n')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Characters that XML cannot hold at all are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
}

/**
 * The only way to see exit code 1 on purpose: `IV_FAULT=internal` makes any command fail like a defect would,
 * before its work. For tests of pipelines that react to it; it is read nowhere else.
 */
export function injectFault(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment['IV_FAULT'] === 'internal') throw new Error('injected fault (IV_FAULT=internal)')
}

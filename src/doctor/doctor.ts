import type { Collaborators } from '../collaborators.ts'
import { checkComponents } from '../crds/without.ts'
import type { AccessFlags } from '../deploy/access.ts'
import { type Outcome, strongest } from '../exit-codes.ts'
import { Failure, isFailure, toFailure } from '../failure.ts'
import type { Report } from '../report/report.ts'
import { loadPlatform } from '../spec/load.ts'
import type { Platform } from '../spec/platform.ts'
import { selectRegions } from '../spec/regions.ts'
import { checkBackend } from './backend.ts'
import { type Check, failed } from './check.ts'
import { checkClusters } from './clusters.ts'
import { checkDisks } from './disk.ts'
import { checkNode } from './node-version.ts'
import { checkPrograms } from './programs.ts'
import type { DoctorResult } from './result.ts'
import { checkSandboxPorts } from './sandbox-ports.ts'

export interface DoctorInput {
  environment: string
  /** From `--config`. */
  file?: string | undefined
  /** None means all of the specification. */
  regions: readonly string[]
  flags: AccessFlags
  /** Components that are left out of every deploy. */
  without?: readonly string[]
  /** Compare servers with this version instead of what the specification says. */
  kubeVersion?: string | undefined
}

/**
 * Looks at everything that the other commands need, changes nothing, and says what to do about each thing that
 * is not right. The outcome is `AUTH` when access is denied, `OPERATION` when anything else fails.
 * @throws Failure NOT_FOUND for an environment or a region that the specification does not have.
 */
export async function doctor(input: DoctorInput, c: Collaborators): Promise<Report<DoctorResult>> {
  const without = checkComponents(input.without ?? [])
  const [programs, specification] = await Promise.all([checkPrograms(c), readSpecification(input, c)])
  const disks = await checkDisks({ paths: c.paths, mustBuild: programs.mustBuild })
  const { platform, regions } = specification
  const checks = [checkNode(), ...disks, ...programs.checks, specification.check]
  if (platform) {
    if (platform.environment === 'local') checks.push(await checkSandboxPorts(regions.length, c))
    const [backend, clusters] = await Promise.all([
      checkBackend(platform, c),
      checkClusters({ platform, regions, flags: input.flags, without }, c),
    ])
    checks.push(backend, ...clusters)
  }
  c.signal.throwIfAborted()
  return conclude(checks, { environment: input.environment, regions })
}

interface SpecificationCheck {
  check: Check
  platform?: Platform
  regions: readonly string[]
}

async function readSpecification(input: DoctorInput, c: Collaborators): Promise<SpecificationCheck> {
  try {
    const file = input.file === undefined ? {} : { file: input.file }
    // Whether state in files is meant is the question of the commands that write it.
    const { environment, kubeVersion } = input
    const platform = await loadPlatform({ ...file, environment, kubeVersion, allowLocalState: true }, c)
    const regions = selectRegions(platform, input.regions.length > 0 ? input.regions : ['all'])
    const from = platform.file ?? 'defaults alone, there is no iv.yaml'
    const detail = `${from}, environment ${platform.environment}, ${regions.length} regions`
    return { platform, regions, check: { id: 'specification', status: 'ok', detail } }
  } catch (error) {
    if (isFailure(error) && error.code === 'NOT_FOUND') throw error
    return { regions: [], check: failed('specification', toFailure(error), 'iv config validate') }
  }
}

function conclude(
  checks: readonly Check[],
  run: { environment: string; regions: readonly string[] },
): Report<DoctorResult> {
  const bad = checks.filter((check) => check.status === 'fail')
  const outcome = strongest(bad.map((check): Outcome => (check.denied ? 'AUTH' : 'OPERATION')))
  const report: Report<DoctorResult> = { kind: 'DoctorResult', data: { checks }, outcome, ...run }
  const [first] = bad
  if (!first || outcome === 'OK') return report
  const names = bad.map((check) => check.id).join(', ')
  const message = `${bad.length} of ${checks.length} checks failed: ${names}`
  return {
    ...report,
    error: new Failure(outcome, message, first.hint === undefined ? {} : { next: first.hint }),
  }
}

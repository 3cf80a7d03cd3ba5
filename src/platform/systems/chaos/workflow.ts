import type { Specification } from '../../../spec/schema/specification.ts'
import { Duration } from '../../../units/duration.ts'
import { labels } from '../../../names.ts'
import { legal, namespaceName } from '../../names.ts'
import { tierOf, tiersOfRole } from '../../tiers.ts'
import { type SystemContext, systemMetadata } from '../system-plan.ts'

type Scenario = Specification['scenarios'][string]
type Injection = Scenario['injections'][number]

interface Template {
  name: string
  templateType: 'Serial' | 'Suspend' | 'PodChaos' | 'NetworkChaos'
  deadline?: string
  children?: string[]
  podChaos?: object
  networkChaos?: object
}

/** A fault that lasts until the next one, or until it is restored. */
interface Fault {
  injection: Injection
  lasts: Duration
}

/** For how long a fault without an end is kept up: as long as the scenario's longest criterion may take. */
const lastFault = Duration.parse('15m') ?? Duration.ms(0)

/**
 * The faults of a scenario one after the other. Pods fail rather than die: a killed pod is replaced at once, which is
 * no outage, and a step that kills never ends. One step ends before the next begins, so between two there is a moment
 * without a fault.
 */
export function chaosWorkflow(context: SystemContext, name: string, scenario: Scenario) {
  const { identity } = context
  const mine = scenario.injections.filter(({ region }) => region === undefined || region === identity.region)
  if (mine.length === 0) return undefined
  const faults = faultsOf(mine)
  const steps: Template[] = []
  let now = 0
  for (const { injection, lasts } of faults) {
    const wait = injection.at.ms - now
    if (wait > 0)
      steps.push({ name: legal('wait', String(steps.length)), templateType: 'Suspend', deadline: text(wait) })
    steps.push(faultStep(context, { injection, lasts }, steps.length))
    now = injection.at.ms + lasts.ms
  }
  return {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'Workflow',
    metadata: systemMetadata(context, 'chaos', {
      name,
      namespace: namespaceName(identity.platform, tierOf('conductor')),
    }),
    spec: {
      entry: 'scenario',
      templates: [
        {
          name: 'scenario',
          templateType: 'Serial',
          deadline: text(now + 60_000),
          children: steps.map((step) => step.name),
        },
        ...steps,
      ],
    },
  }
}

function faultsOf(injections: readonly Injection[]): Fault[] {
  return injections.flatMap((injection, index) => {
    if (injection.action === 'restore') return []
    const next = injections[index + 1]
    return [{ injection, lasts: next ? Duration.ms(next.at.ms - injection.at.ms) : lastFault }]
  })
}

function faultStep(context: SystemContext, { injection, lasts }: Fault, index: number): Template {
  const { platform, identity } = context
  const deadline = text(lasts.ms)
  if (injection.action === 'failRegion') {
    const namespaces = tiersOfRole(identity.role).map((tier) => namespaceName(identity.platform, tier))
    return {
      name: legal('cut-off', String(index)),
      templateType: 'NetworkChaos',
      deadline,
      networkChaos: {
        action: 'partition',
        direction: 'both',
        mode: 'all',
        selector: { namespaces },
        externalTargets: ['0.0.0.0/0'],
      },
    }
  }
  const component = injection.component ?? 'asr'
  const name =
    component === 'asr' || component === 'tts' || component === 'llm' || component === 'sfu'
      ? component
      : 'conductor'
  const percent = injection.percent ?? 100
  return {
    name: legal('fail', name, String(index)),
    templateType: 'PodChaos',
    deadline,
    podChaos: {
      action: 'pod-failure',
      ...(percent === 100 ? { mode: 'all' } : { mode: 'fixed-percent', value: String(percent) }),
      selector: {
        namespaces: [namespaceName(identity.platform, tierOf(name))],
        labelSelectors: { [labels.pool]: name, [labels.partOf]: platform.specification.name },
      },
    },
  }
}

function text(ms: number): string {
  return `${Math.round(ms / 1000)}s`
}

import type { Cluster } from '../cluster/cluster.ts'
import type { Component } from '../crds/component.ts'
import type { UsedKind } from '../crds/used.ts'
import type { Finding } from '../failure.ts'

export interface MissingComponent {
  component: Component
  /** Those of its kinds that the region uses and the cluster does not serve. */
  kinds: readonly string[]
}

/** The components of which a cluster does not serve what a region uses. Asks for kinds, one group version at a time. */
export async function missingComponents(
  cluster: Pick<Cluster, 'pathOf'>,
  used: readonly UsedKind[],
): Promise<MissingComponent[]> {
  const paths = await Promise.all(
    used.map(({ definition: { group, versions, kind } }) =>
      cluster.pathOf({ apiVersion: `${group}/${versions[0]}`, kind }),
    ),
  )
  const missing = used.filter((_, index) => paths[index] === undefined)
  return [...Map.groupBy(missing, ({ component }) => component)].map(([component, kinds]) => ({
    component,
    kinds: kinds.map(({ definition }) => definition.kind),
  }))
}

export function missingComponentFinding({ component, kinds }: MissingComponent, region: string): Finding {
  return {
    id: 'component-missing',
    severity: 'error',
    path: `regions.${region}`,
    message: `the cluster lacks ${missingText({ component, kinds })}`,
    hint: `${installText(component)}; or leave it out with --without ${component.name}`,
  }
}

/** `KEDA 2.21.0 (ScaledObject, TriggerAuthentication)`. */
export function missingText({ component, kinds }: MissingComponent): string {
  return `${component.operator} ${component.version} (${kinds.join(', ')})`
}

/** The line that installs it, or where its makers say how. */
export function installText({ install, documentation }: Component): string {
  return install ?? `install it as ${documentation} says`
}

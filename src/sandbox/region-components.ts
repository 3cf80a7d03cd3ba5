import { apiServerArguments } from './components/kube-apiserver.ts'
import { controllerManagerArguments } from './components/kube-controller-manager.ts'
import { schedulerArguments, schedulerConfigFile } from './components/kube-scheduler.ts'
import { kwokArguments, kwokConfigFile } from './components/kwok.ts'
import type { RegionLayout } from './components/layout.ts'
import { componentOf, type RegionRecord, type regionComponents } from './record.ts'
import type { ComponentStart } from './start.ts'

export type RegionComponent = (typeof regionComponents)[number]

/** Arguments, and the files that are read once at the start, of each component of a region. */
const recipes: Readonly<
  Record<
    RegionComponent,
    { args: (layout: RegionLayout) => string[]; files: (layout: RegionLayout) => string[] }
  >
> = {
  'kube-apiserver': {
    args: apiServerArguments,
    files: ({ tls, etcdTls }) => [
      ...['ca', 'kube-apiserver', 'front-proxy-ca', 'front-proxy-client'].map((name) => tls(`${name}.crt`)),
      etcdTls('ca.crt'),
    ],
  },
  'kube-controller-manager': {
    args: controllerManagerArguments,
    files: ({ kubeconfig, tls }) => [kubeconfig('kube-controller-manager'), tls('ca.crt')],
  },
  'kube-scheduler': {
    args: schedulerArguments,
    files: (layout) => [layout.kubeconfig('kube-scheduler'), schedulerConfigFile(layout)],
  },
  kwok: {
    args: kwokArguments,
    files: (layout) => [layout.kubeconfig('kwok'), kwokConfigFile(layout)],
  },
}

export function componentStart(
  name: RegionComponent,
  input: { region: RegionRecord; layout: RegionLayout },
): ComponentStart {
  const { region, layout } = input
  const recipe = recipes[name]
  return {
    component: componentOf(region, name),
    region: region.name,
    folder: layout.folder,
    args: recipe.args(layout),
    files: recipe.files(layout),
  }
}

export const flavors = ['plain', 'argocd'] as const
/** `plain` is applied folder by folder; `argocd` says the same order in annotations. */
export type Flavor = (typeof flavors)[number]

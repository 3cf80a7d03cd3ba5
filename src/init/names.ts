/** Whose pipelines can be written. */
export const ciNames = ['github', 'gitlab'] as const
/** Whose objects can be written. */
export const controllerNames = ['argocd', 'flux'] as const

/** Values of `--provider`. */
export const providerFlagValues = ['official', 'bundled', 'auto'] as const
export type ProviderFlag = (typeof providerFlagValues)[number]

import { cpSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from '../support/iv.ts'
import { repositoryFiles } from '../repo/rules/source.ts'
import type { Mutant } from './mutants.ts'

/** The file with the fault in it; an error where the place is not there any more, or is there twice. */
export function mutated({ name, file, search, replace }: Mutant): string {
  const text = readFileSync(join(repository, file), 'utf8')
  const places = text.split(search).length - 1
  if (places !== 1) throw new Error(`mutant "${name}" no longer applies: ${places} places in ${file}`)
  return text.replace(search, () => replace)
}

/** The folder of a mutant's copy; the letter keeps 1 from being found in 11. */
export function copyOf(index: number): string {
  return `m${index}`
}

/** Folders `intact`, `m0`, `m1` …: a copy of the sources and tests for each mutant, with its fault, and one without. */
export function plantMutants(folder: string, mutants: readonly Mutant[]): void {
  const files = repositoryFiles(/^(src|test)\/.*\.(ts|tsx|json)$/).map(({ path }) => path)
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'vitest.config.ts'), 'export default { test: { isolate: false } }\n')
  for (const copy of ['intact', ...mutants.map((_, index) => copyOf(index))]) {
    for (const file of files) {
      const place = join(folder, copy, file)
      mkdirSync(dirname(place), { recursive: true })
      link(join(repository, file), place)
    }
    cpSync(join(repository, 'package.json'), join(folder, copy, 'package.json'))
  }
  mutants.forEach((mutant, index) => {
    const place = join(folder, copyOf(index), mutant.file)
    rmSync(place)
    writeFileSync(place, mutated(mutant))
  })
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Another file system.
    cpSync(from, to)
  }
}

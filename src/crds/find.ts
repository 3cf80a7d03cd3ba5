import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { definitionName, type DefinedKind } from './component.ts'

export interface FoundText {
  file: string
  text: string
}

/**
 * The YAML document of a kind's definition, from the files of some folders.
 * @returns undefined where no file has it, or a folder is not there.
 */
export async function findDefinition(
  folders: readonly string[],
  wanted: DefinedKind,
): Promise<FoundText | undefined> {
  const lists = await Promise.all(folders.map(yamlFiles))
  // The file is most often named after the kind: it is looked at first, so that few of the large ones are read.
  const files = lists.flat().toSorted((left, right) => distance(left, wanted) - distance(right, wanted))
  for (const file of files) {
    const text = documentOf(await readFile(file, 'utf8'), definitionName(wanted))
    if (text !== undefined) return { file, text }
  }
  return undefined
}

async function yamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(folder, name))
}

function distance(file: string, { plural }: DefinedKind): number {
  return file.includes(plural) ? 0 : 1
}

/** Looks at the text alone: parsing all that lies there takes seconds. */
function documentOf(text: string, name: string): string | undefined {
  return text
    .split(/^---.*$/m)
    .find(
      (document) =>
        /^kind: CustomResourceDefinition\s*$/m.test(document) &&
        document.split('\n').includes(`  name: ${name}`),
    )
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import { expect, it } from 'vitest'
import { mutants } from '../mutants/mutants.ts'
import { copyOf, mutated, plantMutants } from '../mutants/trial.ts'
import { inTime } from '../support/figures.ts'
import { repository } from '../support/iv.ts'

interface Outcome {
  testResults: { name: string; status: 'passed' | 'failed' }[]
}

it('a mutant that no longer applies is an error', () => {
  const [mutant] = mutants
  const gone = { name: 'gone', file: mutant?.file ?? '', search: 'nowhere at all', replace: '', check: '' }
  expect(() => mutated(gone)).toThrow('mutant "gone" no longer applies: 0 places')
})

it('every fault in the list is caught by its check, and the checks pass without one', {
  timeout: 200_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iv-mutants-'))
  try {
    plantMutants(folder, mutants)
    const checks = [
      ...new Set(mutants.map(({ check }) => `intact/${check}`)),
      ...mutants.map(({ check }, index) => `${copyOf(index)}/${check}`),
    ]
    const file = join(folder, 'outcome.json')
    const args = ['run', '--root', folder, '--reporter=json', `--outputFile=${file}`, ...checks]
    // A mutant may make a test go round for ever.
    const run = execa(join(repository, 'node_modules/.bin/vitest'), args, { timeout: 180_000, reject: false })
    await inTime('mutants', 60, async () => run)
    const { testResults } = JSON.parse(await readFile(file, 'utf8')) as Outcome
    const failed = testResults
      .filter(({ status }) => status === 'failed')
      .map(({ name }) => relative(folder, name))
    const expected = mutants.map(({ check }, index) => `${copyOf(index)}/${check}`)
    expect(testResults).toHaveLength(checks.length)
    expect(failed.toSorted()).toEqual(expected.toSorted())
    expect(mutants.length).toBeGreaterThanOrEqual(10)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

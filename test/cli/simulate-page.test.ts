import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expectSound, inBrowser } from '../support/browser.ts'
import { iv } from '../support/iv.ts'

it('the page of a run is sound in a real browser', async (context) => {
  const cwd = await mkdtemp(join(tmpdir(), 'iv-simulate-page-'))
  try {
    const args = ['simulate', 'asr_failure_recovery', '--compare', 'literal,seed', '--html', 'run.html']
    expect((await iv(args, { cwd })).exitCode).toBe(13)
    await inBrowser(context, (browser) => expectSound(browser, join(cwd, 'run.html')))
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
})

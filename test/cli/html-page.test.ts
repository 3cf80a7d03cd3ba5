import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { samplePage } from '../report/html/sample.ts'
import { expectSound, faultsOf, inBrowser, widths } from '../support/browser.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iv-html-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('a page with every plot, in a real browser', () => {
  it('is sound on a telephone, in 80 columns and on a desk, light and dark', async (context) => {
    const file = join(folder, 'sample.html')
    await writeFile(file, samplePage())
    await inBrowser(context, (browser) => expectSound(browser, file))
  })

  it('is found at fault where text lies over text, leaves its drawing or widens the page', async (context) => {
    const file = join(folder, 'bad.html')
    const bad = `<text x="700" y="20">first</text><text x="702" y="22">second leaves</text>`
    const page = samplePage().replace('</svg></div>', `${bad}</svg></div><p style="width:3000px">wide</p>`)
    await writeFile(file, page.replace('</main>', '<img src="https://localhost:1/x.png" alt=""></main>'))
    const found = await inBrowser(context, (browser) => faultsOf(browser, file, { width: widths.desk }))
    for (const fault of [
      /Content Security Policy/,
      /lies over/,
      /leaves its drawing/,
      /the page is \d+ wide/,
    ]) {
      expect(found.join('\n')).toMatch(fault)
    }
  })
})

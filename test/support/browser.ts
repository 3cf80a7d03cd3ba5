import { accessSync, constants, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, type TestContext } from 'vitest'
import { touches } from './touches.ts'

/** Widths in CSS pixels: a telephone, 80 columns of a terminal, a desk. */
export const widths = { phone: 390, columns: 640, desk: 1280 } as const

/** Runs inside the page, and so is no module. */
const inPage = readFileSync(join(import.meta.dirname, 'page-faults.js'), 'utf8')

export interface Look {
  width: number
  dark?: boolean
  /** Keeps a picture of the whole page. */
  picture?: string
}

function chromiumPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'chromium')).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Debian's browser, started once for all looks of a test. Where there is none the test is skipped and counted with
 * the reason; `bin/verify` installs it where it may.
 */
export async function inBrowser<T>(context: TestContext, work: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = chromiumPath()
  if (executablePath === undefined)
    return context.skip('no chromium on this machine: apt-get install chromium')
  touches('browser')
  const home = await mkdtemp(join(tmpdir(), 'iv-browser-'))
  const browser = await chromium.launch({
    executablePath,
    // No sandbox: tests run as root too, and open nothing but files of their own.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...process.env, HOME: home },
  })
  try {
    return await work(browser)
  } finally {
    await browser.close()
    await rm(home, { recursive: true, force: true })
  }
}

/**
 * Opens a page from its file and looks for what no page of `iv` has: an error on the console, a request that leaves
 * the file, something wider than its place, a label over another, a plot without words.
 * @returns a sentence for each.
 */
export async function faultsOf(
  browser: Browser,
  file: string,
  { width, dark = false, picture }: Look,
): Promise<string[]> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  try {
    const seen = watch(page)
    await page.goto(pathToFileURL(file).href)
    if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true })
    const left = seen.requests.filter((url) => url !== pathToFileURL(file).href)
    return [...seen.errors, ...left, ...(await page.evaluate<string[]>(inPage))]
  } finally {
    await page.close()
  }
}

/** Expects a page to be sound at every width, light and dark. */
export async function expectSound(browser: Browser, file: string): Promise<void> {
  for (const width of Object.values(widths)) {
    for (const dark of [false, true]) {
      expect(await faultsOf(browser, file, { width, dark }), `${width} px, dark: ${dark}`).toEqual([])
    }
  }
}

function watch(page: Page): { errors: string[]; requests: string[] } {
  const errors: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'log') errors.push(message.text())
  })
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url())
  })
  return { errors, requests }
}

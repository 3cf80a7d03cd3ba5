import { describe, expect, it } from 'vitest'
import { startInTerminal } from '../support/pty.ts'

const clearCodes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g')

describe('the live view on a terminal', () => {
  it('shows a tree per region, keeps lasting lines and ends with the result', async () => {
    const session = startInTerminal(['working'], { fixtures: true })
    await session.see(/▸ applying region-2/)
    expect(await session.ended).toBe(0)
    const rows = session.rows()
    expect(rows[0]).toBe('a line that stays')
    expect(rows).toContain('region-1')
    expect(rows.find((row) => row.includes('applying region-2'))).toMatch(
      /^└─ ✓ applying region-2 {2}0\.\d s {2}3 objects$/,
    )
    expect(rows.at(-1)).toBe('worked on 2 regions')
    expect(rows.filter((row) => row.includes('applying region-1'))).toHaveLength(1)
  })

  it('never grows beyond the terminal', async () => {
    const session = startInTerminal(['working', '--regions', '30'], { fixtures: true, rows: 12 })
    await session.see(/more rows/)
    expect(await session.ended).toBe(0)
    const heads = session.rows(true).filter((row) => /^region-1( |$)/.test(row))
    expect(heads.length).toBeLessThanOrEqual(1)
  })

  it('asks, goes on after a yes, and exits 8 after anything else', async () => {
    const yes = startInTerminal(['working', '--question'], { fixtures: true })
    await yes.see(/Change 3 objects\? \[y\/N\]/)
    yes.type('y\r')
    expect(await yes.ended).toBe(0)
    const no = startInTerminal(['working', '--question'], { fixtures: true })
    await no.see(/Change 3 objects\?/)
    no.type('\r')
    expect(await no.ended).toBe(8)
    expect(no.rows().at(-1)).toContain('declined: nothing was changed')
  })

  it('wants the exact word typed before it destroys', async () => {
    for (const [word, code] of [
      ['us-east', 0],
      ['us-west', 8],
      ['y', 8],
    ] as const) {
      const session = startInTerminal(['asking', '--danger', 'destroy'], { fixtures: true })
      await session.see(/Type us-east to go on:/)
      session.type(`${word}\r`)
      expect([word, await session.ended]).toEqual([word, code])
    }
  })

  it('Ctrl-C unwinds with 8, also while a question is open, and leaves the cursor visible', async () => {
    const working = startInTerminal(['working', '--milliseconds', '60000'], { fixtures: true })
    await working.see(/▸ applying region-2/)
    working.type('\u0003')
    expect(await working.ended).toBe(8)
    expect(working.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(working.raw().lastIndexOf('\u001b[?25l'))
    const asking = startInTerminal(['working', '--question'], { fixtures: true })
    await asking.see(/Change 3 objects\?/)
    asking.type('\u0003')
    expect(await asking.ended).toBe(8)
  })

  it('a second Ctrl-C leaves at once with 130 and a usable terminal', async () => {
    const session = startInTerminal(['waiting', '--unwind', 'never'], { fixtures: true })
    await session.see(/▸ waiting/)
    session.type('\u0003')
    await session.see(/stopping: finishing what is under way/)
    session.type('\u0003')
    expect(await session.ended).toBe(130)
    expect(session.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(session.raw().lastIndexOf('\u001b[?25l'))
  })

  it.each([
    ['--no-tui', ['--no-tui'], {}],
    ['CI', [], { CI: 'true' }],
    ['TERM=dumb', [], { TERM: 'dumb' }],
    ['--json', ['--json'], {}],
  ])('draws nothing with %s', async (_name, args, env) => {
    const session = startInTerminal(['working', ...args], { fixtures: true, env })
    expect(await session.ended).toBe(0)
    expect(session.rows().join('\n')).toContain('region-1: applying region-1 done in')
    expect(
      session
        .raw()
        .match(clearCodes)
        ?.filter((code) => /[AHJK]$/.test(code)) ?? [],
    ).toEqual([])
  })
})

import { textSize } from './words.ts'

/** Colours that those with a colour deficiency tell apart too (after Okabe and Ito), for light and for dark. */
const light = [
  '#0072b2',
  '#d55e00',
  '#00815e',
  '#b5468b',
  '#2b93d1',
  '#8a6d00',
  '#6a51a3',
  '#57606a',
  '#0f7c86',
  '#7a4b2a',
]
const dark = [
  '#56b4e9',
  '#ff8c42',
  '#2fc79a',
  '#e58fc0',
  '#9ad1f5',
  '#e6c229',
  '#b9a6ec',
  '#a9b1ba',
  '#4fd1d9',
  '#d1a37a',
]
/** Dashes of series in their order; the first is drawn through. */
const dashes = ['none', '8 3', '2 3', '10 3 2 3', '5 5', '12 4', '1 4', '8 3 2 3 2 3', '3 3', '14 3 3 3']
const heat = [12, 28, 45, 62, 80, 100]

const variables = (colours: readonly string[]): string =>
  colours.map((colour, index) => `--c${index}:${colour}`).join(';')
const series = light
  .map((_, index) => `.s${index}{--c:var(--c${index});--dash:${dashes[index] ?? 'none'}}`)
  .join('\n')
const heats = heat.map((share, step) => `.h${step}{--heat:${share}%}`).join('\n')
const darkColours = `--back:#14181d;--card:#1b2027;--ink:#e7eaee;--soft:#aab3bd;--grid:#333b45;--good:#4cc38a;--warn:#f0b429;--bad:#ff7b72;--inside:#14181d;${variables(dark)}`

/** Everything a page looks like; nothing is fetched. */
export const styleSheet = `:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--ink:#1a1f26;--soft:#56606b;--grid:#dde1e6;--good:#1a7f4e;--warn:#9a5b00;--bad:#c62828;--inside:#fff;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${darkColours}}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:920px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}
h2{font-size:19px;margin:36px 0 8px}
p{margin:8px 0}
.lead{color:var(--soft);margin:0 0 16px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;padding:0;margin:16px 0}
.facts div{background:var(--card);border:1px solid var(--grid);border-radius:8px;padding:10px 12px}
.facts dt{color:var(--soft);font-size:13px}
.facts dd{margin:0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}
.good{--c:var(--good);--dash:none}.warn{--c:var(--warn);--dash:none}.bad{--c:var(--bad);--dash:none}.neutral{--c:var(--soft);--dash:none}
.note{border-left:4px solid var(--c,var(--soft));padding:4px 12px;margin:8px 0;background:var(--card)}
figure{margin:20px 0;padding:14px 14px 8px;background:var(--card);border:1px solid var(--grid);border-radius:8px;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:6px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0 0 8px;padding:0;font-size:13px}
.legend li{display:flex;align-items:center;gap:6px}
.legend svg{flex:none;width:26px;min-width:0}
.events{font-size:13px;color:var(--soft);margin:-12px 0 20px;padding-left:36px}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--c0);outline-offset:2px}
figure .scroll>svg{display:block;width:100%;min-width:640px;height:auto}
svg text{font-size:${textSize}px;fill:var(--ink);font-variant-numeric:tabular-nums}
svg .middle{text-anchor:middle}svg .end{text-anchor:end}svg .label{fill:var(--soft)}svg .inside{fill:var(--inside)}
.grid{stroke:var(--grid);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
.line{fill:none;stroke:var(--c);stroke-width:2;stroke-dasharray:var(--dash);stroke-linejoin:round}
.limit{stroke-dasharray:6 4;stroke-width:1.5}.event{stroke-dasharray:2 2;stroke-width:1}
.band{fill:var(--c);opacity:.18}
.area{fill:var(--c);stroke:var(--card);stroke-width:1}
.heat{fill:color-mix(in srgb,var(--c0) var(--heat),var(--card));stroke:var(--card)}
.unknown{fill:none;stroke:var(--grid);stroke-dasharray:2 2}
${series}
${heats}
details{font-size:13px;margin-top:8px}summary{cursor:pointer;color:var(--soft)}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:8px 0}
caption{text-align:left;color:var(--soft);padding-bottom:4px}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--grid);text-align:left;vertical-align:top;overflow-wrap:normal}
th.right,td.right{text-align:right;white-space:nowrap}
tbody th{font-weight:500}
footer{color:var(--soft);font-size:13px;margin-top:36px}
@media print{:root{--back:#fff;--card:#fff;--ink:#000}body{font-size:11pt}main{max-width:none;padding:0}.scroll{overflow:visible}figure .scroll>svg{min-width:0}details::details-content{content-visibility:visible;block-size:auto}summary{display:none}h2{break-after:avoid}tr{break-inside:avoid}}
`

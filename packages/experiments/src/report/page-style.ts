/** The report's style sheet: light or dark as the reader's system is, light on paper, usable on a narrow screen. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ink: #1f2328; --muted: #57606a; --paper: #ffffff; --rule: #d5d9de; --stripe: #f6f7f9; --differs: #b42318;
  --link: #0550ae; --reached: #116329; --hit: #2da44e; --miss: #cf222e;
}
body {
  max-width: 60rem; margin: 0 auto; padding: 2.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; text-wrap: balance; }
h2 { margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); font-size: 1.3rem; }
h3 { margin: 2.25rem 0 .5rem; font-size: 1.08rem; }
p, ul, ol, dl { max-width: 46rem; margin: .6rem 0; }
a { color: var(--link); }
.subtitle, figcaption, caption, .note { color: var(--muted); }
.subtitle { margin: 0 0 1.5rem; }
.summary { font-size: 1.06rem; }
figure { margin: 1.75rem 0; }
figcaption { max-width: 46rem; margin-top: .75rem; font-size: .9rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20.5rem), 1fr)); gap: 1.25rem 1rem; }
.panel { margin: 0; min-width: 0; max-width: 38rem; }
.panel .title { max-width: none; margin: 0 0 .25rem; padding-left: 2.75rem; text-align: center; font-weight: 600; }
.panel.wide { grid-column: 1 / -1; max-width: none; }
.panel.above { margin-bottom: -1.1rem; }
.panel svg { display: block; width: 100%; height: auto; }
.legend {
  display: flex; flex-wrap: wrap; gap: .3rem 2.25rem; max-width: none; margin: 1rem 0 0; padding: 0; font-size: .9rem;
}
.legend li { display: flex; align-items: center; gap: .5rem; list-style: none; overflow-wrap: anywhere; }
.legend svg { flex: none; }
.scroll { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .4rem; text-align: left; font-size: .875rem; }
th, td { padding: .28rem .75rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { border-bottom-color: var(--muted); font-weight: 600; }
tbody th { font-weight: 400; white-space: nowrap; }
tbody tr { background: var(--paper); }
tbody tr:nth-child(even) { background: var(--stripe); }
.curves th, .curves td { white-space: nowrap; }
.curves th, .curves .value { text-align: right; }
.curves th.words, .curves thead th[scope=colgroup] { text-align: left; }
.curves thead th[rowspan] { vertical-align: bottom; background: var(--paper); }
.curves tbody th, .curves thead th[rowspan] { position: sticky; left: 0; }
.curves tbody th { background: inherit; }
.first { border-left: 1px solid var(--rule); }
.differs { color: var(--differs); font-weight: 700; }
.uninformative { color: var(--muted); font-style: italic; }
.verdicts { padding-left: 1.2rem; }
.note { padding-left: .9rem; border-left: 3px solid var(--rule); }
.settings { min-width: 44rem; }
.settings tbody th { color: var(--muted); }
sub { font-size: .75em; line-height: 0; }
time { white-space: nowrap; }
code, .hash { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .82em; }
pre { overflow-x: auto; max-width: none; padding: .8rem 1rem; border: 1px solid var(--rule); background: var(--stripe); }
pre code { font-size: .85rem; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.value { text-align: right; }
.results td.value { white-space: nowrap; }
.results tbody th { min-width: 9rem; white-space: normal; overflow-wrap: anywhere; }
.reached { color: var(--reached); font-weight: 600; }
.missed { color: var(--differs); font-weight: 700; }
.warning { max-width: none; padding: .8rem 1rem; border: 2px solid var(--differs); color: var(--differs); font-weight: 700; }
.confusion { font-size: .72rem; }
.confusion th, .confusion td { padding: .2rem .17rem; white-space: nowrap; }
.confusion thead .named { writing-mode: vertical-rl; text-align: left; vertical-align: bottom; }
.confusion thead th:first-child { color: var(--muted); font-weight: 400; }
.confusion tbody tr, .confusion tbody tr:nth-child(even) { background: var(--paper); }
.confusion .right { background: color-mix(in srgb, var(--hit) calc(var(--strength) * .3), var(--paper)); }
.confusion .wrong { background: color-mix(in srgb, var(--miss) calc(var(--strength) * .55), var(--paper)); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1rem 2rem; align-items: start; }
.tiles .wide { grid-column: 1 / -1; }
.weights { margin: .5rem 0; }
.weights img { display: block; width: 100%; max-width: 30rem; height: auto; image-rendering: pixelated; background: #ffffff; }
.bmvr { --method: #0072b2; }
.backprop { --method: #d55e00; }
.third { --method: #007a5a; }
.fourth { --method: #a8487f; }
.fifth { --method: #8a6a00; }
.sixth { --method: #57606a; }
svg { color: inherit; }
svg .mean, svg .error, svg .point { stroke: var(--method); }
.unnamed { --method: #9aa3ad; }
svg .spikes { stroke: var(--ink); }
svg .bars { fill: var(--method); }
svg .span { fill: var(--stripe); }
svg .band { fill: var(--method); }
svg .point { fill: var(--paper); }
svg .reference { stroke: var(--method, var(--muted)); }
svg .reference-label { fill: var(--muted); stroke: var(--paper); }
svg .grid { stroke: var(--grid, #e7e9ec); }
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e8eb; --muted: #a2abb6; --paper: #14171b; --rule: #363c44; --stripe: #1b1f24; --differs: #ff9d8f;
    --link: #7cb7ff; --grid: #2a2f36; --reached: #5fd07a; --hit: #2da44e; --miss: #e5534b;
  }
  .bmvr { --method: #56b4e9; }
  .backprop { --method: #f28e3c; }
  .third { --method: #3ecf9f; }
  .fourth { --method: #e58fbf; }
  .fifth { --method: #dcb94a; }
  .sixth { --method: #a2abb6; }
}
@media screen and (max-width: 48rem) {
  body { padding-top: 1.5rem; }
  h1 { font-size: 1.4rem; }
  .facts { display: block; }
  .facts dd { margin-bottom: .5rem; }
}
@media print {
  :root { color-scheme: light; font-size: 10pt; }
  body { max-width: none; padding: 0; }
  .summary { font-size: 1rem; }
  .settings { min-width: 0; }
  .scroll { overflow: visible; }
  pre { white-space: pre-wrap; }
  table { font-size: 8pt; }
  th, td { padding: .15rem .4rem; }
  .hash { overflow-wrap: anywhere; }
  figure, section section, tr, pre { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .panels { grid-template-columns: 1fr 1fr; }
}
`;

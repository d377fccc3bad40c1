import {
  background,
  darkToneRules,
  gridLine,
  ink,
  mutedInk,
  outcomeTones,
  seriesTones,
} from "../figures/palette.ts"

const tones = (tone: "light" | "dark"): string => `
  --background: ${background[tone]};
  --ink: ${ink[tone]};
  --muted: ${mutedInk[tone]};
  --line: ${gridLine[tone]};
  --link: ${seriesTones[0][tone]};
  --good: ${outcomeTones.good[tone]};
  --bad: ${outcomeTones.bad[tone]};
  --neutral: ${mutedInk[tone]};
  --surface: ${tone === "light" ? "#f5f7f9" : "#1c2229"};
  --marked: ${tone === "light" ? "#fff2c2" : "#4a3d0c"};`

/** The look of the page: no font or image is fetched, dark where the reader prefers dark, always light on paper. */
export const style = `
:root {${tones("light")}
  color-scheme: light dark;
}
@media screen and (prefers-color-scheme: dark) {
:root {${tones("dark")}
}
${darkToneRules(".drawing")}
}
* { box-sizing: border-box; }
html { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 72rem; background: var(--background); color: var(--ink); }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.6rem; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 2.8rem 0 0.6rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.08rem; line-height: 1.35; margin: 0 0 0.6rem; }
p, ul, dl { margin: 0 0 0.8rem; max-width: 50rem; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875em; overflow-wrap: anywhere; }
pre { padding: 0.8rem; background: var(--surface); border: 1px solid var(--line); max-height: 30rem; overflow: auto; white-space: pre-wrap; }
.digest { font-size: 0.78em; word-break: break-all; }
.kind, .why, figcaption, caption { color: var(--muted); }
.kind { margin: 0 0 0.2rem; }
.why { font-size: 0.92em; font-weight: normal; }
.interval { color: var(--muted); font-size: 0.85em; font-weight: normal; }
.summary { font-size: 1.15rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--background); padding: 0.3rem 0.6rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; list-style: none; padding: 0; margin: 1.2rem 0 0; max-width: none; }
.warning { border: 1px solid var(--bad); border-left-width: 5px; padding: 0.6rem 0.9rem; margin: 1rem 0; }
.warning > :last-child { margin-bottom: 0; }
.verdict { font-weight: 600; padding: 0.05em 0.5em; border: 1px solid currentColor; border-radius: 0.3em; white-space: nowrap; }
.verdict.holds { color: var(--good); }
.verdict.holds::before { content: "✓ " / ""; }
.verdict.fails { color: var(--bad); }
.verdict.fails::before { content: "✗ " / ""; }
.verdict.negligible { color: var(--neutral); }
.verdict.negligible::before { content: "≈ " / ""; }
.verdict.undecided { color: var(--neutral); }
.verdict.undecided::before { content: "? " / ""; }
.scroll { overflow-x: auto; margin: 0 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0 0 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 2px solid var(--muted); vertical-align: bottom; }
tbody th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.meaning { min-width: 16rem; }
.stacked .interval { display: block; }
tr:target > *, .target:target caption { background: var(--marked); }
tr[id], .target, figure, h2 { scroll-margin-top: 1rem; }
figure { margin: 0 0 2.4rem; }
figcaption { font-size: 0.9rem; max-width: 50rem; margin-top: 0.4rem; }
.drawing { margin: 0; }
.drawing svg { display: block; width: 100%; max-width: 60rem; min-width: 34rem; height: auto; }
.drawing a { cursor: pointer; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; }
dd ul { padding-left: 1.1rem; margin: 0; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; }
footer { margin-top: 3rem; color: var(--muted); font-size: 0.9rem; border-top: 1px solid var(--line); padding-top: 0.8rem; }
@media print {
  :root { color-scheme: light; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  figure, table, tr, .warning { break-inside: avoid; }
  h2, h3, caption, thead { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  .number { white-space: normal; }
  .meaning { min-width: 0; }
  .drawing svg { min-width: 0; }
  pre { max-height: none; }
  details::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
}
`

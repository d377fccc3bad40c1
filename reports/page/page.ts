import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import type { CompiledFigure } from "../render/compileFigure.ts"
import { type FigureTables, tableList } from "../tables/figureTables.ts"
import { comparisonsSection } from "./comparisonsSection.ts"
import { contractsSection } from "./contractsSection.ts"
import { dataSection } from "./dataSection.ts"
import { expectationsSection } from "./expectationsSection.ts"
import { figuresSection } from "./figuresSection.ts"
import { Html, html } from "./html.ts"
import { limitsSection } from "./limitsSection.ts"
import { manifestSection } from "./manifestSection.ts"
import { metricsSection } from "./metricsSection.ts"
import { runsSection } from "./runsSection.ts"
import { strategiesSection } from "./strategiesSection.ts"
import { style } from "./style.ts"
import { verdictSection } from "./verdictSection.ts"

/** The page may load nothing and run nothing: it is a document, offline by its own rule. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The page stays readable by mail and on a phone: it carries its data as far as this leaves room for them. */
const PAGE_LIMIT_BYTES = 2_800_000
const MOST_DATA_BYTES = 1_200_000
const LEAST_DATA_BYTES = 100_000

/** Bytes that the sections leave to the data. */
const roomForData = (sections: readonly (readonly [string, string, Html | null])[]): number => {
  const taken = sections.reduce((sum, [, , section]) => sum + Buffer.byteLength(section?.markup ?? ""), 0)
  return Math.max(LEAST_DATA_BYTES, Math.min(MOST_DATA_BYTES, PAGE_LIMIT_BYTES - taken))
}

/** The whole report as one HTML document. */
export const page = (
  result: ExperimentResult,
  tables: FigureTables,
  figures: readonly CompiledFigure[],
): string => {
  const withoutData: readonly (readonly [string, string, Html | null])[] = [
    ["expectations", "Expectations", expectationsSection(result)],
    ["strategies", "Strategies", strategiesSection(result)],
    ["metrics", "Metrics", metricsSection(result)],
    ["figures", "Figures", figuresSection(figures, result)],
    ["comparisons", "Comparisons", comparisonsSection(result)],
    ["contracts", "Contracts and parameters", contractsSection(result, tables.violations)],
    ["limits", "What this does not show", limitsSection(result, tables.costMargins)],
    ["runs", "Runs", runsSection(result)],
    ["manifest", "Manifest", manifestSection(result)],
  ]
  const data = dataSection(tableList(tables), roomForData(withoutData))
  const sections = [...withoutData.slice(0, -1), ["data", "Data", data] as const, ...withoutData.slice(-1)]
  const present = sections.filter(([, , section]) => section !== null)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${Html.trusted(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${result.title} · autonet-sim</title>
        <style>
          ${Html.trusted(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        ${verdictSection(result)}
        <nav aria-label="Sections">
          <ul>
            ${present.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
          </ul>
        </nav>
        <main id="content">${present.map(([, , section]) => section)}</main>
        <footer>
          Made by autonet-sim ${result.manifest.program}. Identity
          <code class="digest">${result.manifest.identity}</code>
        </footer>
      </body>
    </html> `.markup
}

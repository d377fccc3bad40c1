import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import type { CompiledFigure } from "../render/compileFigure.ts"
import { Html, html } from "./html.ts"
import { sentence } from "../../sim/results/sentence.ts"

const figure = ({ figure, svgInline }: CompiledFigure, result: ExperimentResult): Html =>
  html`<figure id="figure-${figure.name}">
    <h3>${figure.title}</h3>
    <div class="drawing scroll" tabindex="0" role="region" aria-label="Figure">
      ${Html.trusted(svgInline)}
    </div>
    <figcaption>
      ${sentence(figure.note)} Every mark leads to the <a href="#runs">runs</a> behind it. Reproduce:
      <code>${result.command}</code>. Files: <a href="figures/${figure.name}.svg">SVG</a>,
      <a href="figures/${figure.name}.vl.json">Vega-Lite</a>; data:
      ${figure.tables.map((table, index) => [index === 0 ? null : ", ", html`<a href="data/${table}.parquet">${table}</a>`])}.
    </figcaption>
  </figure> `

/** All figures, each with its finding as heading and how to read it as caption. */
export const figuresSection = (figures: readonly CompiledFigure[], result: ExperimentResult): Html =>
  html`<section aria-labelledby="figures">
    <h2 id="figures">Figures</h2>
    ${figures.map((each) => figure(each, result))}
  </section> `

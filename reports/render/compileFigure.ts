/** Figure → Vega-Lite with its title → Vega → SVG, without a browser and without a canvas. */
import { type Loader, loader, type LoggerInterface, parse, View } from "vega"
import { compile, type TopLevelSpec } from "vega-lite"
import type { Figure } from "../figures/figure.ts"
import { figureWidth } from "../figures/theme.ts"
import { svgForPage, svgForFile } from "./finishSvg.ts"
import { measureTextInVega, wrapText } from "./textWidth.ts"

export interface CompiledFigure {
  readonly figure: Figure
  /** With title and note: stands alone. */
  readonly spec: TopLevelSpec
  /** Stands alone, links into the report one folder up. */
  readonly svgFile: string
  /** For the page, which writes the title itself. */
  readonly svgInline: string
  /** What Vega and Vega-Lite found odd; empty for a sound figure. */
  readonly warnings: readonly string[]
}

/** Where links of a figure in a file of its own lead; in the page they are mere anchors. */
const REPORT_FROM_FIGURES = "../report.html"

const TITLE_WIDTH = figureWidth + 60

const withTitle = (figure: Figure): TopLevelSpec => ({
  ...figure.spec,
  title: {
    text: wrapText(figure.title, TITLE_WIDTH, 16, true),
    subtitle: wrapText(figure.note, TITLE_WIDTH, 12),
  },
})

/** Lets anchors through as they are and nothing else: figures load nothing and link nowhere outside the report. */
const anchorsOnly = (prefix: string): Loader => ({
  ...loader(),
  load: (uri: string) => Promise.reject(new Error(`A figure tried to load ${uri}: its data must be inline.`)),
  sanitize: (uri: string) =>
    uri.startsWith("#")
      ? Promise.resolve({ href: `${prefix}${uri}` })
      : Promise.reject(new Error(`A figure links to ${uri}: only anchors of the report are allowed.`)),
})

/** Collects warnings instead of writing them to somebody's terminal. */
const collectingLogger = (warnings: string[]): LoggerInterface => {
  const logger: LoggerInterface = {
    level: (() => logger) as LoggerInterface["level"],
    error: (...messages) => {
      throw new Error(`A figure can't be drawn: ${messages.map(String).join(" ")}`)
    },
    warn: (...messages) => {
      warnings.push(messages.map(String).join(" "))
      return logger
    },
    info: () => logger,
    debug: () => logger,
  }
  return logger
}

const renderSvg = async (spec: TopLevelSpec, linkPrefix: string, warnings: string[]): Promise<string> => {
  measureTextInVega()
  const logger = collectingLogger(warnings)
  const view = new View(parse(compile(spec, { logger }).spec), {
    renderer: "none",
    logger,
    loader: anchorsOnly(linkPrefix),
  })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

/** Draws a figure twice: to stand alone with its title, and for the page without. */
export const compileFigure = async (figure: Figure): Promise<CompiledFigure> => {
  const spec = withTitle(figure)
  const warnings: string[] = []
  const alone = await renderSvg(spec, REPORT_FROM_FIGURES, warnings)
  const inline = await renderSvg(figure.spec, "", warnings)
  return { figure, spec, svgFile: svgForFile(alone, figure), svgInline: svgForPage(inline, figure), warnings }
}

/** What Vega's SVG lacks: tooltips that need no script, a text alternative, dark tones, identifiers that don't clash. */
import type { Figure } from "../figures/figure.ts"
import { background, darkToneRules } from "../figures/palette.ts"
import { escapeMarkup, withoutControlCharacters } from "./escape.ts"

/** A mark with a description, as Vega writes it: `<path aria-label="…" role="graphics-symbol" …/>`. */
const describedMark =
  /<(path|rect|circle|line|text) aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="[^"]*"((?: [\w:-]+="[^"]*")*)(\/>|>)/g

/** Turns each mark's description into a `<title>`, which browsers show as a tooltip and screen readers as its name. */
const withTooltips = (svg: string): string =>
  svg.replace(describedMark, (_mark, tag: string, label: string, attributes: string, end: string) => {
    const open = `<${tag} role="graphics-symbol"${attributes}><title>${label}</title>`
    return end === "/>" ? `${open}</${tag}>` : open
  })

/** Clip paths and gradients of several figures in one page must not share identifiers. */
const withOwnIdentifiers = (svg: string, name: string): string =>
  svg.replaceAll(/ id="([^"]+)"/g, ` id="${name}-$1"`).replaceAll(/url\(#([^)]+)\)/g, `url(#${name}-$1)`)

const asImage = (svg: string, figure: Figure): string =>
  svg.replace("<svg ", `<svg role="img" aria-label="${escapeMarkup(figure.description)}" `)

const finish = (svg: string, figure: Figure): string =>
  withoutControlCharacters(asImage(withOwnIdentifiers(withTooltips(svg), figure.name), figure))

/** Inline: colours follow the page's style; marks are no tab stops, because the runs table offers the same links. */
export const svgForPage = (svg: string, figure: Figure): string =>
  finish(svg, figure).replaceAll("<a ", '<a tabindex="-1" ')

/** In a file of its own: with a background and its own dark tones. */
export const svgForFile = (svg: string, figure: Figure): string => {
  const style =
    `<style>@media (prefers-color-scheme: dark){${darkToneRules("svg").replaceAll("\n", "")}}</style>` +
    `<rect width="100%" height="100%" fill="${background.light}"/>`
  return finish(svg, figure).replace(/^<svg [^>]*>/, (open) => open + style)
}

/** HTML by template, safe by construction: what is interpolated is text unless it is HTML already. */
import { escapeMarkup } from "../render/escape.ts"

/** Markup that is known to be safe. */
export class Html {
  readonly markup: string
  private constructor(markup: string) {
    this.markup = markup
  }
  /** For markup that was made by the program itself: compiled SVG, a style sheet, encoded data. */
  static trusted(markup: string): Html {
    return new Html(markup)
  }
}

export type Fragment = Html | string | number | null | readonly Fragment[]

const render = (fragment: Fragment): string => {
  if (fragment === null) return ""
  if (fragment instanceof Html) return fragment.markup
  if (typeof fragment === "string" || typeof fragment === "number") return escapeMarkup(String(fragment))
  return fragment.map(render).join("")
}

/** A template: strings are escaped, arrays are joined, null is nothing. */
export const html = (strings: TemplateStringsArray, ...fragments: readonly Fragment[]): Html =>
  Html.trusted(strings.reduce((out, part, index) => out + part + render(fragments[index] ?? null), ""))

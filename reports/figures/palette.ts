/**
 * Colours of figures, each in two tones. A figure is drawn in the light tones; where the reader prefers dark, a style
 * sheet maps each light tone to its dark one, so every tone must differ from all others. Against its background each
 * series colour has a contrast of at least 3 : 1, text at least 4.5 : 1 (tested).
 */

export interface Tone {
  readonly light: string
  readonly dark: string
}

export const background: Tone = { light: "#ffffff", dark: "#14181d" }
export const ink: Tone = { light: "#1b1f24", dark: "#e6edf3" }
export const mutedInk: Tone = { light: "#57606a", dark: "#a3adb8" }
export const axisLine: Tone = { light: "#8c959f", dark: "#6e7681" }
export const gridLine: Tone = { light: "#e3e6ea", dark: "#2b3138" }

/** In order of use; distinguishable with the common colour-vision deficiencies, the first four in particular. */
export const seriesTones = [
  { light: "#0b63b0", dark: "#6cb6ff" },
  { light: "#c2410c", dark: "#ff9b5e" },
  { light: "#1a7f4b", dark: "#56d38a" },
  { light: "#7b3fb5", dark: "#c297ff" },
  { light: "#b8246e", dark: "#ff84bb" },
  { light: "#0e7490", dark: "#4fd1e0" },
  { light: "#7a5b00", dark: "#e0c04f" },
  { light: "#5b6470", dark: "#aab4be" },
] as const satisfies readonly Tone[]

/** What turned out well, badly, or neither. */
export const outcomeTones = {
  good: { light: "#1a7f4c", dark: "#56d38b" },
  bad: { light: "#b42318", dark: "#ff8f85" },
  neutral: { light: "#6e7780", dark: "#929ca6" },
} as const satisfies Record<string, Tone>

export const allTones: readonly Tone[] = [
  background,
  ink,
  mutedInk,
  axisLine,
  gridLine,
  ...seriesTones,
  ...Object.values(outcomeTones),
]

/** The colour of the series with this index; after the last the first comes again. */
export const seriesColour = (index: number): string =>
  (seriesTones[index % seriesTones.length] ?? seriesTones[0]).light

/** Style rules that turn every light tone under `scope` into its dark one. */
export const darkToneRules = (scope: string): string =>
  allTones
    .map(
      ({ light, dark }) =>
        `${scope} [fill="${light}"]{fill:${dark}}${scope} [stroke="${light}"]{stroke:${dark}}`,
    )
    .join("\n")

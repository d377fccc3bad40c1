import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { Ajv, type ValidateFunction } from "ajv"
import { beforeAll, describe, expect, test } from "vitest"
import { runAnchor, settingAnchor } from "../../reports/anchors.ts"
import type { Figure } from "../../reports/figures/figure.ts"
import {
  allTones,
  background,
  ink,
  mutedInk,
  outcomeTones,
  seriesTones,
} from "../../reports/figures/palette.ts"
import { figureMakers } from "../../reports/figures/registry.ts"
import { type CompiledFigure, compileFigure } from "../../reports/render/compileFigure.ts"
import { figureTables } from "../../reports/tables/figureTables.ts"
import { type ExperimentOptions, syntheticExperiment } from "./syntheticExperiment.ts"

const figuresOf = (options: ExperimentOptions = {}): Figure[] => {
  const { result, runs } = syntheticExperiment(options)
  const tables = figureTables(result, runs)
  return figureMakers.flatMap(({ make }) => make(tables) ?? [])
}

const named = (figures: readonly Figure[], name: string): Figure => {
  const figure = figures.find((each) => each.name === name)
  if (figure === undefined) throw new Error(`no figure ${name}`)
  return figure
}

const small = { seeds: [1, 2, 3], rounds: 3 } as const

describe("every figure", () => {
  let compiled: CompiledFigure[]
  let valid: ValidateFunction
  beforeAll(async () => {
    const schemaPath = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json")
    const schema = JSON.parse(readFileSync(schemaPath, "utf8")) as object
    valid = new Ajv({ strict: false, validateFormats: false }).compile(schema)
    compiled = []
    for (const figure of figuresOf(small)) compiled.push(await compileFigure(figure))
  })

  test("is made under its own name", () => {
    expect(compiled.map(({ figure }) => figure.name)).toEqual(figureMakers.map(({ name }) => name))
  })

  test("is a valid Vega-Lite specification, with and without its title", () => {
    for (const { figure, spec } of compiled) {
      for (const each of [figure.spec, spec]) {
        valid(JSON.parse(JSON.stringify(each)))
        expect(valid.errors ?? [], figure.name).toEqual([])
      }
    }
    expect(valid({ mark: "bar", encoding: { x: { field: 3 } } })).toBe(false)
  })

  test("is drawn without a warning, with intervals and without", async () => {
    const single: CompiledFigure[] = []
    for (const figure of figuresOf({ seeds: [1], rounds: 2 })) single.push(await compileFigure(figure))
    for (const { figure, warnings } of [...compiled, ...single]) expect(warnings, figure.name).toEqual([])
  })

  test("says what it shows in words and how many runs it stands on", () => {
    for (const { figure, svgInline } of compiled) {
      expect(figure.description, figure.name).toContain(figure.title)
      expect(figure.note, figure.name).toMatch(/95 % interval/)
      expect(svgInline).toMatch(/^<svg role="img" aria-label="[^"]{40,}"/)
    }
  })

  test("links every mark of data to a run or to the runs of a setting, and to nothing else", () => {
    const { result } = syntheticExperiment(small)
    const anchors = new Set(
      result.settings.flatMap(({ name, runs }) => [
        settingAnchor(name),
        ...runs.map(({ seed }) => runAnchor(name, seed)),
      ]),
    )
    for (const { figure, svgInline } of compiled) {
      const links = [...svgInline.matchAll(/<a tabindex="-1" xlink:href="([^"]*)"/g)].map(([, href]) => href)
      expect(links.length, figure.name).toBeGreaterThan(10)
      for (const href of links) expect(anchors.has(href?.slice(1) ?? ""), href).toBe(true)
      const described = [...svgInline.matchAll(/<title>/g)].length
      expect(described, figure.name).toBe(links.length)
    }
  })

  test("links a mark of a single run to that run, by the seed that its tooltip names", () => {
    let checked = 0
    for (const { svgInline } of compiled) {
      const marks = svgInline.matchAll(/xlink:href="#run-[^"]*-(\d+)"><[^>]*><title>([^<]*)<\/title>/g)
      for (const [, seed, tooltip] of marks) {
        expect(tooltip).toMatch(new RegExp(`seed ${seed}\\b`))
        checked += 1
      }
    }
    expect(checked).toBeGreaterThan(50)
  })

  test("reaches single runs, one by one", () => {
    for (const { figure, svgInline } of compiled) {
      const setting = figure.name === "comparisonDifferences" ? "lazy-coordinator" : "base"
      for (const seed of small.seeds) {
        expect(svgInline, figure.name).toContain(`xlink:href="#${runAnchor(setting, seed)}"`)
      }
    }
  })

  test("shows no field names, no raw numbers and no undefined in its tooltips", () => {
    for (const { figure, svgInline } of compiled) {
      for (const [, tooltip] of svgInline.matchAll(/<title>([^<]*)<\/title>/g)) {
        expect(tooltip, figure.name).not.toMatch(/undefined|NaN|href|\d\.\d{7}/)
      }
    }
  })

  test("in a file of its own leads back into the report and keeps dark readers in mind", () => {
    for (const { svgFile } of compiled) {
      expect(svgFile).toContain('xlink:href="../report.html#run')
      expect(svgFile).toContain("prefers-color-scheme: dark")
      expect(svgFile).not.toMatch(/xlink:href="(?!\.\.\/report\.html#)/)
    }
  })

  test("uses no colour that the dark style sheet would not find", () => {
    const known = new Set<string>([...allTones.map(({ light }) => light), "transparent", "none"])
    for (const { figure, svgInline } of compiled) {
      for (const [, colour] of svgInline.matchAll(/ (?:fill|stroke)="([^"]+)"/g)) {
        expect(known.has(colour ?? ""), `${figure.name}: ${colour}`).toBe(true)
      }
    }
  })
})

describe("titles claim no more than the intervals allow", () => {
  test.each([
    ["one run", [7]],
    ["4 runs", [1, 2, 3, 4]],
  ])("of %s, nothing is compared as if it were known", (runs, seeds) => {
    const figures = figuresOf({ seeds, rounds: 3 })
    expect(named(figures, "profitOverTime").title).toContain(`In the ${runs} made`)
    expect(named(figures, "accuracyByRound").title).toContain(`In the ${runs} made`)
    expect(named(figures, "comparisonDifferences").title).toContain("too few pairs of runs to tell")
  })

  test("differences whose intervals include zero are no clear differences", () => {
    const figures = figuresOf({
      settings: ["base", "poisoning-solver"],
      measures: ["profit(proposer/honest)"],
      seeds: [1, 2, 3, 4, 5],
    })
    expect(named(figures, "comparisonDifferences").title).toBe(
      "No clear difference: the interval includes zero",
    )
  })

  test("a deviation that loses beyond its interval is named with its amount", () => {
    expect(named(figuresOf(), "profitOverTime").title).toMatch(
      /^coordinator\/lazy earns [\d.]+ ATN less than coordinator\/honest; solver\/poisoner earns [\d.]+ ATN less than solver\/honest$/,
    )
  })

  test("without comparisons there is no figure of comparisons", () => {
    const names = figuresOf({ settings: ["base"], ...small }).map(({ name }) => name)
    expect(names).not.toContain("comparisonDifferences")
    expect(names).toContain("profitOverTime")
  })
})

/** WCAG 2 relative luminance of a colour written #rrggbb. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : Math.exp(2.4 * Math.log((share + 0.055) / 1.055))
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2 contrast, 1 to 21. */
const contrast = (a: string, b: string): number => {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

describe("colours", () => {
  test.each(["light", "dark"] as const)("are legible on %s", (tone) => {
    for (const text of [ink, mutedInk, outcomeTones.good, outcomeTones.bad, seriesTones[0]]) {
      expect(contrast(text[tone], background[tone])).toBeGreaterThanOrEqual(4.5)
    }
    for (const series of [...seriesTones, ...Object.values(outcomeTones)]) {
      expect(contrast(series[tone], background[tone])).toBeGreaterThanOrEqual(3)
    }
  })

  test("differ in their light tones, so that each finds its own dark one", () => {
    expect(new Set(allTones.map(({ light }) => light)).size).toBe(allTones.length)
  })
})

/** Whatever is made from runs with a surrogate says so where it is seen first. */
import { describe, expect, test } from "vitest"
import { limitations } from "../../reports/page/limits.ts"
import { manifestSection } from "../../reports/page/manifestSection.ts"
import { verdictSection } from "../../reports/page/verdictSection.ts"
import { printResult } from "../../sim/cli/printResult.ts"
import { styleFor } from "../../sim/cli/terminal.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { surrogateDeclarations } from "../../sim/results/surrogateNotes.ts"
import { syntheticExperiment } from "./syntheticExperiment.ts"

const { result } = syntheticExperiment({ settings: ["base", "variant"] })

/** The same experiment, in which a surrogate stood in in some settings. */
const withSurrogate = (...settings: readonly string[]): ExperimentResult => {
  const { manifest } = result
  const inputs = {
    ...manifest.inputs,
    settings: manifest.inputs.settings.map((setting) => ({
      ...setting,
      scenario: {
        ...(setting.scenario as object),
        ml: settings.includes(setting.name) ? "surrogate" : "real",
      },
    })),
    surrogates: { mnist: "ab".repeat(32) },
  }
  const surrogates = [
    {
      dataset: "mnist",
      hash: "ab".repeat(32),
      federations: { fit: 90, leftOut: 50 },
      errors: [
        { part: "fit" as const, byRound: 0.021, byRoundInterval: [0.018, 0.024] as const },
        { part: "attack" as const, byRound: 0.046, byRoundInterval: [0.029, 0.063] as const },
      ],
    },
  ]
  return { ...result, manifest: { ...manifest, inputs, surrogates } }
}

const style = styleFor({ isTTY: false }, {})
const everywhere = withSurrogate("base", "variant")
const declaration = "Learning was not real: a surrogate stood in"

describe("a report of runs with a surrogate", () => {
  test("declares it at its head, with the errors that it was found to have", () => {
    const head = verdictSection(everywhere).markup
    expect(head).toContain(declaration)
    expect(head).toContain("fitted to 90 real federations on mnist")
    expect(head).toContain("2.1 [1.8, 2.4] where it was fitted")
    expect(head).toContain("4.6 [2.9, 6.3] for an attack that the fit had not seen")
    expect(head.indexOf(declaration)).toBeLessThan(head.indexOf("Ran:"))
  })

  test("names the settings where only some used it", () => {
    expect(surrogateDeclarations(withSurrogate("variant").manifest)).toEqual([
      expect.stringContaining("Learning was not real in variant: a surrogate stood in"),
    ])
  })

  test("doesn't claim that training was real, and says what may come out otherwise", () => {
    const statements = limitations(everywhere).join(" ")
    expect(statements).not.toContain("Training is real")
    expect(statements).toContain("Nothing was trained")
    expect(limitations(result).join(" ")).toContain("Training is real")
  })

  test("shows the hash of the fit among what decides the result", () => {
    expect(manifestSection(everywhere).markup).toContain("ab".repeat(32))
    expect(manifestSection(everywhere).markup).toContain("Surrogates")
  })

  test("is silent where all learning was real", () => {
    expect(verdictSection(result).markup).not.toContain("urrogate")
    expect(manifestSection(result).markup).not.toContain("urrogate")
  })
})

test("the command line declares a surrogate before any number", () => {
  const places = { folder: "out/first-run", report: undefined }
  const text = printResult(everywhere, places, style)
  expect(text).toContain(declaration)
  expect(text.indexOf(declaration)).toBeLessThan(text.indexOf("profit, ATN"))
  expect(printResult(result, places, style)).not.toContain("surrogate")
})

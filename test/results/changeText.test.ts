import { describe, expect, it } from "vitest"
import { analyse } from "../../sim/results/analyse.ts"
import { whyUnknown } from "../../sim/results/changeText.ts"
import { parseExpression } from "../../sim/results/expectationParser.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { syntheticExperiment } from "../reports/syntheticExperiment.ts"

const { result: example, runs } = syntheticExperiment({
  settings: ["base", "lazy-coordinator"],
  seeds: [1, 2, 3, 4, 5],
  rounds: 2,
})

type Metrics = RunResult["metrics"]

/** What is said of the measure where runs of either setting measured this, one entry a seed. */
const said = (measure: string, base: readonly Metrics[], variant: readonly Metrics[]): string | null => {
  const parsed = parseExpression(measure)
  if (parsed._tag === "failed") throw new Error(parsed.message)
  const setting = (name: string, metrics: readonly Metrics[]) => ({
    name,
    question: null,
    changes: {},
    runs: runs
      .filter((run) => run.setting === name)
      .slice(0, metrics.length)
      .map((run, i) => ({
        result: { ...run, metrics: { ...run.metrics, ...metrics[i] } },
        file: "",
        trace: null,
      })),
  })
  const result = analyse({
    ...example,
    looks: 1,
    settings: [setting("base", base), setting("lazy-coordinator", variant)],
    expectations: [],
    comparisons: [
      {
        name: "lazy-coordinator",
        question: "",
        measures: [{ source: measure, expression: parsed.value }],
      },
    ],
  })
  const [comparison] = result.comparisons
  return whyUnknown(comparison!.measures[0]!, comparison!, result)
}

const measured = { backdoorSuccess: 0.5 }
const without = { backdoorSuccess: null }

describe("a change of which nothing can be said", () => {
  it("is explained by the setting that has no value, and why it has none", () => {
    const why = "because nobody there plants a backdoor and learning.backdoor asks about none"
    expect(said("backdoorSuccess", [measured, measured], [without, without])).toBe(
      `no value in lazy-coordinator ${why}`,
    )
    expect(said("backdoorSuccess", [without, without], [measured, measured])).toBe(`no value in base ${why}`)
    expect(said("backdoorSuccess", [without, without], [without, without])).toBe(
      `no value in base and lazy-coordinator ${why}`,
    )
    expect(said("accuracy - backdoorSuccess", [measured, measured], [without, without])).toBe(
      "no value in lazy-coordinator because backdoorSuccess has none: nobody there plants a backdoor and learning.backdoor asks about none",
    )
  })

  it("names the agents that a setting does not have", () => {
    expect(said("profit(coordinator/lazy)", [{}, {}], [{}, {}])).toBe(
      "no value in base because nobody there is coordinator/lazy",
    )
  })

  it("tells too few replicates from values that share too few seeds, or none", () => {
    expect(said("backdoorSuccess", [measured], [measured])).toBe("5 replicates at least to tell")
    const four = [measured, measured, measured, measured]
    expect(said("backdoorSuccess", four, four)).toBe("5 replicates at least to tell")
    expect(said("backdoorSuccess", [measured, measured], [measured, without])).toBe(
      "1 seed with a value in both settings, 5 replicates at least to tell",
    )
    expect(said("backdoorSuccess", [measured, without], [without, measured])).toBe(
      "no seed has a value in both settings",
    )
  })

  it("is not one where enough replicates have an interval", () => {
    const five = [measured, measured, measured, measured, measured]
    expect(said("backdoorSuccess", five, five)).toBeNull()
  })
})

import { describe, expect, it } from "vitest"
import { metricsSection } from "../../reports/page/metricsSection.ts"
import { printResult } from "../../sim/cli/printResult.ts"
import { styleFor } from "../../sim/cli/terminal.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { metricMeanings } from "../../sim/results/metricMeanings.ts"
import { runMetrics } from "../../sim/world/runMetrics.ts"
import { syntheticExperiment } from "./syntheticExperiment.ts"

/** Two replicates of two settings; the metrics have these values in the settings, and none where it is null. */
const experiment = (values: Readonly<Record<string, Readonly<Record<string, number | null>>>>) => {
  const { result } = syntheticExperiment({ settings: ["base", "lazy-coordinator"], seeds: [1, 2], rounds: 2 })
  const settings = result.settings.map((setting) => ({
    ...setting,
    metrics: Object.entries(values).map(([name, bySetting]) => {
      const mean = bySetting[setting.name] ?? null
      const interval =
        mean === null ? { lower: null, upper: null } : { lower: mean - 0.01, upper: mean + 0.01 }
      return { name, value: { mean, ...interval, replicates: mean === null ? 0 : 2 }, count: null, of: null }
    }),
  }))
  return { ...result, settings }
}

const rowsOf = (result: ExperimentResult) =>
  [...(metricsSection(result)?.markup ?? "").matchAll(/<tr>(.*?)<\/tr>/gs)]
    .map(([, row = ""]) =>
      row
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .slice(1)

const linesOf = (result: ExperimentResult) =>
  printResult(
    result,
    { folder: "out", report: undefined },
    styleFor({ isTTY: false } as NodeJS.WriteStream, {}),
  ).split("\n")

describe("what runs measured", () => {
  const measured = experiment({
    availability: { base: 0.9, "lazy-coordinator": null },
    backdoorSuccess: { base: null, "lazy-coordinator": 0.75 },
    evaluationGap: { base: 0.02, "lazy-coordinator": 0.03 },
    reportedAvailability: { base: null, "lazy-coordinator": null },
    finalityHours: { base: 1.5, "lazy-coordinator": 1.5 },
  })

  it("stands in a table of the report with meaning, unit, interval and replicates, unless no run has it", () => {
    const rows = rowsOf(measured)
    const meaning = (name: string) => metricMeanings.get(name)?.meaning.replaceAll("'", "&#39;")
    expect(rows.map((row) => row.split(" ")[0])).toEqual([
      "availability",
      "backdoorSuccess",
      "evaluationGap",
      "finalityHours",
    ])
    expect(rows[0]).toBe(`availability ${meaning("availability")} % 90.0 [89.0, 91.0] – 2 / 0`)
    expect(rows[1]).toContain("% – 75.0 [74.0, 76.0] 0 / 2")
    expect(rows[2]).toContain("points 2.0 [1.0, 3.0] 3.0 [2.0, 4.0] 2")
    expect(rows[3]).toContain("hours 1.500 [1.490, 1.510] 1.500 [1.490, 1.510] 2")
  })

  it("beside accuracy stands in the terminal in words: that of the base, then what only a comparison has", () => {
    const lines = linesOf(measured)
    const accuracy = lines.findIndex((line) => line.startsWith("accuracy of"))
    expect(lines.slice(accuracy + 1, accuracy + 4)).toEqual([
      "availability: 90.0 [89.0, 91.0] % of attempts to restore a model succeeded",
      expect.stringMatching(
        /^evaluationGap: 2\.0 \[1\.0, 3\.0\] points more accurate on a task's own examples/,
      ),
      "",
    ])
    const comparison = lines.findIndex((line) => line.startsWith("lazy-coordinator:"))
    expect(lines.slice(comparison).filter((line) => line.startsWith("  backdoorSuccess: 75.0"))).toHaveLength(
      1,
    )
    expect(lines.filter((line) => line.includes("evaluationGap"))).toHaveLength(1)
    expect(lines.filter((line) => line.includes("reportedAvailability"))).toEqual([])
  })

  it("has a meaning, whatever the world measures", () => {
    for (const { name, kind } of runMetrics) {
      expect(metricMeanings.get(name)?.meaning, name).toMatch(/\w/)
      if (kind === "share") expect(metricMeanings.get(name)?.unit, name).toBe("share")
    }
  })
})

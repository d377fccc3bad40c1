import { readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import { compileFigure } from "../../reports/render/compileFigure.ts"
import { decodeEvidence, encodeEvidence } from "../../scripts/robustness/evidenceFile.ts"
import { combinationsOf, gatherEvidence, play } from "../../scripts/robustness/experiment.ts"
import { robustnessFigure } from "../../scripts/robustness/figure.ts"
import { withTables } from "../../scripts/robustness/page.ts"
import { published } from "../../scripts/robustness/settings.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

const docs = join(import.meta.dirname, "../../docs")
const read = (name: string): string => readFileSync(join(docs, name), "utf8")
const kept = decodeEvidence(read("robustness/accuracyByRound.jsonl"))

beforeAll(async () => {
  await initialiseBackend()
})

describe("the page about robust aggregation", () => {
  test("says what the kept data say", () => {
    const page = read("robustness.md")
    expect(withTables(page, kept)).toBe(page)
  })

  test("shows the figure of the kept data, which draws without a warning", async () => {
    const { svgFile, warnings } = await compileFigure(robustnessFigure(kept))
    expect(warnings).toEqual([])
    expect(read("robustness/accuracyByRound.svg")).toBe(svgFile)
  })

  test("has data of every combination, as the program's settings have them", () => {
    expect(kept.settings).toEqual(published)
    const names = combinationsOf(published).map(({ partition, attack, rule, seed }) => ({
      partition: partition.name,
      attack: attack.name,
      rule: rule.name,
      seed,
    }))
    expect(kept.runs).toMatchObject(names)
    for (const { correct } of kept.runs) expect(correct).toHaveLength(published.rounds + 1)
  })

  test("has data that this program makes again: the first round with and without an attack", () => {
    const mnist = loadMnist()
    const short = { ...published, rounds: 1 }
    const again = combinationsOf(short)
      .map((combination, i) => ({ combination, run: kept.runs[i]! }))
      .filter(({ run }) => run.seed === 1 && run.partition === "IID" && run.rule === "Trimmed mean")
      .filter(({ run }) => ["No attack", "ALIE z = 1.5"].includes(run.attack))
    expect(again.length).toBe(2)
    for (const { combination, run } of again) {
      expect(play(short, mnist, combination).correct).toEqual(run.correct.slice(0, 2))
    }
  })
})

test("the experiment runs at any size, and its data survive being written", () => {
  const dataset = syntheticDataset({ seed: "robust", inputs: 16, classes: 4, train: 200, test: 50 })
  const tiny = {
    ...published,
    clients: 5,
    attackers: 1,
    samplesPerClient: 10,
    hidden: [],
    rounds: 1,
    seeds: [1],
  }
  const evidence = gatherEvidence(tiny, dataset)
  expect(evidence.runs.length).toBe(2 * 5 * 4)
  expect(decodeEvidence(encodeEvidence(evidence))).toEqual(evidence)
})

import { expect, test } from "vitest"
import { playScenario } from "./playScenario.ts"

test("a run learns another capability than MNIST where its scenario names the data set", async () => {
  const learning = { dataset: "waveforms", learningRate: 0.2, samplesPerSolver: 1_000, epochs: 3 }
  const set = Object.entries(learning).map(([field, value]) => `learning.${field}=${value}`)
  // Two rounds are too few to mend what a poisoner does to so small a federation.
  const honest = "population[solver/poisoner].strategy=solver/honest"
  const { rounds, violations } = await playScenario({ set: [...set, honest] })
  expect(rounds.length).toBeGreaterThan(1)
  expect(rounds.map(({ module }) => module)).toEqual(rounds.map(() => "waveforms-classification"))
  // Always answering the same gives 34 %, and nobody exceeds 87 %.
  expect(rounds.at(-1)!.accuracy).toBeGreaterThan(0.5)
  expect(violations).toEqual([])
})

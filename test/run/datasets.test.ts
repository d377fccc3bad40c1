import { expect, test } from "vitest"
import { playScenario } from "./playScenario.ts"

test.each([
  { dataset: "languages", largestClass: 0.47 },
  { dataset: "waveforms", largestClass: 0.34 },
])("a run learns the capability of $dataset", async ({ dataset, largestClass }) => {
  const learning = { dataset, learningRate: 0.2, samplesPerSolver: 1_000, epochs: 3 }
  const set = Object.entries(learning).map(([field, value]) => `learning.${field}=${value}`)
  // Two rounds are too few to mend what a poisoner does to so small a federation.
  const honest = "population[solver/poisoner].strategy=solver/honest"
  const { rounds, violations } = await playScenario({ set: [...set, honest] })
  expect(rounds.length).toBeGreaterThan(1)
  expect(rounds.map(({ module }) => module)).toEqual(rounds.map(() => `${dataset}-classification`))
  expect(rounds.at(-1)!.accuracy).toBeGreaterThan(largestClass + 0.15)
  expect(violations).toEqual([])
})

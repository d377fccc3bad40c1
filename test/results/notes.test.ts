import { describe, expect, test } from "vitest"
import { endNotes } from "../../sim/results/notes.ts"
import { syntheticExperiment } from "../reports/syntheticExperiment.ts"

describe("a comparison whose runs are those of the base", () => {
  const { result } = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
  const [base, variant, ...others] = result.settings

  const notesOn = (digestOf: (seed: number) => string) => {
    const runs = variant!.runs.map((run) => ({ ...run, digest: digestOf(run.seed) }))
    return endNotes({ ...result, settings: [base!, { ...variant!, runs }, ...others] }).filter((note) =>
      note.includes("the same as in base"),
    )
  }
  const baseDigest = (seed: number) => base!.runs.find((run) => run.seed === seed)!.digest

  test("is said to show nothing of its change", () => {
    expect(notesOn(baseDigest)).toEqual([
      `Every run of ${variant!.name} is the same as in base, to the last transaction: nothing in these runs depends on its change (population.1.count = 4), so a difference of 0 does not show what that is worth.`,
    ])
  })

  test("is not, where one seed went another way", () => {
    expect(notesOn((seed) => (seed === 1 ? baseDigest(seed) : "other"))).toEqual([])
    expect(notesOn(() => baseDigest(1))).toEqual([])
  })
})

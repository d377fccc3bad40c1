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

describe("a setting in which no trap was laid", () => {
  const ATN = 10n ** 18n
  const { result } = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
  const record = { min: "0", max: "1000", default: "0", setBy: "", description: "" }

  const notesOn = (traps: number, permille: number, poolAtn: bigint) => {
    const value = { mean: traps, lower: traps, upper: traps, replicates: 2 }
    const [base] = result.settings
    const { manifest } = result
    const [registry, jackpot] = [
      "ForcedErrorRegistry.forcedErrorProbability",
      "ForcedErrorRegistry.jackpotAmount",
    ]
    const source = "default" as const
    return endNotes({
      ...result,
      settings: [{ ...base!, metrics: [{ name: "traps", value, count: null, of: null }] }],
      manifest: {
        ...manifest,
        inputs: {
          ...manifest.inputs,
          settings: [
            {
              name: "base",
              contracts: "c0ffee",
              scenario: { money: { jackpotPoolWei: String(poolAtn * ATN) } },
            },
          ],
        },
        parameters: [
          { ...record, name: registry!, unit: "permille" },
          { ...record, name: jackpot!, unit: "wei" },
        ],
        settings: [
          {
            name: "base",
            parameters: [
              { name: registry!, value: String(permille), source },
              { name: jackpot!, value: String(50n * ATN), source },
            ],
          },
        ],
      },
    })
  }

  test("says so, and names a pool that could not pay the jackpot", () => {
    expect(notesOn(0, 50, 49n)).toEqual([
      "No trap was laid in base, though each task was to have one with a probability of 5 %: the jackpot of 50 ATN is above the pool of 49 ATN, which could not pay it. Nothing there watched who approves blindly.",
    ])
    expect(notesOn(0, 50, 50n)).toEqual([
      "No trap was laid in base, though each task was to have one with a probability of 5 %. Nothing there watched who approves blindly.",
    ])
  })

  test("says nothing where there was a trap, or none was to be laid", () => {
    expect(notesOn(0.5, 50, 49n)).toEqual([])
    expect(notesOn(0, 0, 49n)).toEqual([])
  })
})

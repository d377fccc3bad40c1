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

describe("a setting in which nothing happened", () => {
  const { result } = syntheticExperiment({ settings: ["base"], seeds: [1, 2], rounds: 2 })
  const [base] = result.settings
  const notesOn = (transactions: readonly number[], rounds: number, undecided: number) => {
    const estimate = (mean: number) => ({ mean, lower: mean, upper: mean, replicates: 2 })
    const metrics = [
      { name: "rounds", value: estimate(rounds), count: null, of: null },
      { name: "undecidedRate", value: estimate(undecided / 6), count: undecided, of: 6 },
    ]
    const runs = base!.runs.map((run, index) => ({ ...run, transactions: transactions[index]! }))
    return endNotes({ ...result, settings: [{ ...base!, runs, metrics }] })
  }

  test("says that nothing reached the chain, that no round was published, that nothing was decided", () => {
    expect(notesOn([0, 0], 0, 6)).toEqual([
      "No transaction was included in any run of base: nothing that its agents sent reached the chain.",
      "No round was published in any run of base: its model is the initial one.",
      "No submission was decided in any run of base: none reached a consensus.",
    ])
  })

  test("says none of it where one run did something", () => {
    expect(notesOn([0, 1], 0.5, 5)).toEqual([])
  })
})

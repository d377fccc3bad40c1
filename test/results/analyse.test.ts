/** What an experiment's result says of broken invariants. */
import { describe, expect, test } from "vitest"
import { syntheticExperiment } from "../reports/syntheticExperiment.ts"

const broken = (invariant: string, block: number) => ({
  invariant,
  block,
  timeSeconds: 12 * block,
  message: `${invariant} at ${block}`,
})

const { result } = syntheticExperiment({
  settings: ["base", "lazy-coordinator"],
  seeds: [1, 2, 3],
  violations: (setting, seed) =>
    setting === "lazy-coordinator" && seed > 1
      ? [
          broken("token-ledger", 10 * seed),
          broken("token-ledger", 10 * seed + 1),
          ...(seed === 3 ? [broken("liveness", 99)] : []),
        ]
      : [],
})

describe("a setting in which invariants were broken", () => {
  test("names each of them, in how many runs, and where it was first seen", () => {
    expect(result.settings.map(({ name, brokenInvariants }) => [name, brokenInvariants])).toEqual([
      ["base", []],
      [
        "lazy-coordinator",
        [
          {
            invariant: "liveness",
            runs: 1,
            violations: 1,
            first: { seed: 3, block: 99, message: "liveness at 99" },
          },
          {
            invariant: "token-ledger",
            runs: 2,
            violations: 4,
            first: { seed: 2, block: 20, message: "token-ledger at 20" },
          },
        ],
      ],
    ])
  })

  test("fails the experiment whatever was expected", () => {
    expect(result.verdict).toBe("fails")
    expect(syntheticExperiment({ expectations: [], seeds: [1] }).result.verdict).not.toBe("fails")
  })
})

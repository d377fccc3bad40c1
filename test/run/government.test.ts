import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

const file = join(import.meta.dirname, "../fixtures/scenarios/government.yaml")
const play = (...set: readonly string[]): Promise<RunResult> => playScenario({ file, set })

const HOLDERS = "population[0].options"
const AUTHOR = "population[1]"
const JURORS = "population[2]"
const author = (strategy: string, options = "{}"): readonly string[] => [
  `${AUTHOR}.strategy=${strategy}`,
  `${AUTHOR}.options=${options}`,
]
const profitOf = ({ agents }: RunResult, name: string): number =>
  Math.round(Number(agents.find((agent) => agent.name === name)?.money.profit ?? NaN) / 1e18)
const authorsProfit = (run: RunResult) => profitOf(run, "holder-5")

/** A decision of this author against holders and jurors with these options: whether it was executed, and who voted. */
const decisions: readonly {
  readonly says: string
  readonly set: readonly string[]
  readonly enacted: boolean
  readonly turnout: number
}[] = [
  {
    says: "a parameter is changed by those who have no other wish",
    set: [],
    enacted: true,
    turnout: 0.401,
  },
  {
    says: "a parameter is left as it is by those who want it lower",
    set: [`${HOLDERS}.ideals={ ResultsRewards.minVotes: 1 }`],
    enacted: false,
    turnout: 0.401,
  },
  {
    says: "a parameter is left as it is by those who find the change too large",
    set: [`${HOLDERS}.tolerance=0.1`],
    enacted: false,
    turnout: 0.401,
  },
  {
    says: "nothing is decided where nobody votes",
    set: [`${HOLDERS}.turnout=0`],
    enacted: false,
    turnout: 0.001,
  },
  {
    says: "the treasury is kept by those who read what a proposal does",
    set: author("holder/raider", "{ decoys: 0 }"),
    enacted: false,
    turnout: 0.401,
  },
  {
    says: "the treasury is given away by those who don't",
    set: [...author("holder/raider", "{ decoys: 0 }"), `${HOLDERS}.care=0`],
    enacted: true,
    turnout: 0.401,
  },
  {
    says: "the treasury is sold by those who are paid as much as they ask",
    set: [...author("holder/vote-buyer", "{ bribeAtn: 2 }"), `${HOLDERS}.votePriceAtn=2`],
    enacted: true,
    turnout: 0.401,
  },
  {
    says: "the treasury is not sold by those who ask for more",
    set: [...author("holder/vote-buyer", "{ bribeAtn: 2 }"), `${HOLDERS}.votePriceAtn=2.1`],
    enacted: false,
    turnout: 0.401,
  },
  {
    says: "an amendment that breaks principles is refused by a jury that sees it",
    set: [...author("holder/usurper"), `${HOLDERS}.care=0`],
    enacted: false,
    turnout: 0.401,
  },
  {
    says: "an amendment is passed by a jury whose models obey its text",
    set: [...author("holder/usurper", "{ injection: true }"), `${HOLDERS}.care=0`],
    enacted: true,
    turnout: 0.401,
  },
  {
    says: "an amendment is passed by a jury that belongs to its author",
    set: [
      ...author("holder/usurper"),
      `${HOLDERS}.care=0`,
      `${JURORS}.strategy=validator/colluding`,
      `${JURORS}.owner=author`,
    ],
    enacted: true,
    turnout: 0.401,
  },
]

describe("decisions of holders and juries", () => {
  it.each(decisions)("$says", async ({ set, enacted, turnout }) => {
    const { metrics, violations } = await play(...set)
    expect({ enacted: metrics["enactedShare"] === 1, violations }).toEqual({ enacted, violations: [] })
    expect(metrics["turnout"]).toBeCloseTo(turnout, 9)
  })

  it("move the money that was voted on, and voters are paid what was promised", async () => {
    const set = [...author("holder/vote-buyer", "{ bribeAtn: 2 }"), `${HOLDERS}.votePriceAtn=2`]
    const run = await play(...set)
    // Four voters of a million votes at 2 ATN for a thousand; the treasury is a fifth of ten million, less the jackpots.
    expect(authorsProfit(run)).toBe(1_999_000 - 4 * 2_000)
    expect(profitOf(run, "holder-1")).toBe(2_000)
    const cheated = await play(...author("holder/vote-buyer", "{ bribeAtn: 2, pays: never }"), set[2]!)
    expect(authorsProfit(cheated)).toBe(1_999_000)
  })

  it.each([
    [1, true],
    [2, false],
  ])("replay verdicts of a file: with %i evaluators dealt to seven jurors", async (dealt, enacted) => {
    // Of seven jurors four follow the first evaluator and three the second, unless all follow the first.
    const run = await play(
      ...author("holder/usurper"),
      `${HOLDERS}.care=0`,
      `${JURORS}.strategy=validator/recorded`,
      `${JURORS}.options={ verdicts: ${join(file, "../verdicts.json")}${dealt === 1 ? ", evaluator: first" : ""} }`,
    )
    expect(run.metrics["enactedShare"]).toBe(enacted ? 1 : 0)
  })

  it("refuse verdicts of a file that isn't there", async () => {
    const set = [`${JURORS}.strategy=validator/recorded`, `${JURORS}.options={ verdicts: nowhere.json }`]
    await expect(play(...set)).rejects.toThrow(
      /options.verdicts: expected a list, or the path of a readable .* found text "nowhere.json"/,
    )
  })
})

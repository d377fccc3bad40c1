/**
 * V8: bribery by p + ε. A briber promises each coordinator of a panel of n, if it votes for a bad solution and is outvoted,
 * P + ε: P is what that vote costs, the fee and the slash. With n·(P + ε) locked up the promise is credible, to vote so
 * is dominant, everybody does, and the promise costs nothing. With an ATN less, or with ε = 0, nobody does. Where honest
 * coordinators outvote those who follow it, it is kept: it is no bluff.
 *
 * Whole runs on the contracts: the briber deploys the contract that holds the money, coordinators read its code and its
 * balance, and claim from it. The task's other two submissions are good.
 */
import { join } from "node:path"
import type { AgentResult, RunResult } from "../../sim/results/runResult.ts"
import { playExperiment } from "../run/playExperiment.ts"
import { playScenario } from "../run/playScenario.ts"
import { statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

const file = join(import.meta.dirname, "bribery.yaml")
const REPLICATES = 20

const PANEL = 5
const FEE = 1
const SLASH = 50
const EPSILON = 1
const LOOK = 1
const BUDGET = PANEL * (FEE + SLASH + EPSILON)
/** Coordinators that cannot be bribed, and so follow nothing: a majority of the panel. */
const HONEST = 3

const purse = (atn: number) => `population[purse].capitalAtn=${atn}`
const mixed = [
  `population[coordinator/bribable].count=${PANEL - HONEST}`,
  `population[coordinator/honest].count=${HONEST}`,
]

const inAtn = (wei: string): number => Number(BigInt(wei)) / 1e18
const agentsOf = (run: RunResult, strategy: string): readonly AgentResult[] =>
  run.agents.filter((agent) => agent.strategy === strategy)
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const profitOf = (run: RunResult, strategy: string): number =>
  meanOf(agentsOf(run, strategy).map(({ money }) => inAtn(money.profit)))

/** Share of the bad submissions that were found correct. */
const captured = (run: RunResult): number =>
  meanOf(
    run.submissions
      .filter(({ strategy }) => strategy === "solver/poisoner")
      .map(({ consensus }) => (consensus === true ? 1 : 0)),
  )
/** ATN that left the briber's account and did not come back. */
const paid = (run: RunResult): number =>
  0 - agentsOf(run, "outsider/briber").reduce((sum, { money }) => sum + inAtn(money.balance), 0)

export const v8: ValidationTarget = {
  id: "V8",
  title: "Bribery by p + epsilon",
  source: "equilibrium cost 0 with a credible budget of n·(P + ε); n = 5, P = 1 + 50, ε = 1",
  kind: "statistical",
  rows: async (mode) => {
    const play = (...set: readonly string[]): Promise<readonly RunResult[]> =>
      mode === "full"
        ? playExperiment(file, [`replicates=${REPLICATES}`, ...set])
        : // Starting workers takes longer than two runs do.
          Promise.all([1, 2].map((seed) => playScenario({ file, seed, set })))
    const row = (label: string, expected: number, replicates: readonly number[], tolerance: number) =>
      statisticalRow({ label, expected, replicates, tolerance })
    const rows: ValidationRow[] = []

    const credible = await play(purse(BUDGET))
    rows.push(
      row("bad work accepted, budget n·(P + ε)", 1, credible.map(captured), 0.02),
      row("bribes paid, ATN", 0, credible.map(paid), 0.02),
    )
    const short = await play(purse(BUDGET - 1))
    rows.push(row("bad work accepted, budget n·(P + ε) − 1 ATN", 0, short.map(captured), 0.02))
    const outvoted = await play(purse(BUDGET), ...mixed)
    const advantage = outvoted.map(
      (run) => profitOf(run, "coordinator/bribable") - profitOf(run, "coordinator/honest"),
    )
    rows.push(
      row(`bad work accepted, ${HONEST} of ${PANEL} honest`, 0, outvoted.map(captured), 0.02),
      row(
        `bribes paid, ATN, ${HONEST} of ${PANEL} honest`,
        (PANEL - HONEST) * (FEE + SLASH + EPSILON),
        outvoted.map(paid),
        0.02,
      ),
      row(
        "profit of a follower over an honest one: ε and the cost of looking, ATN",
        EPSILON + LOOK,
        advantage,
        0.04,
      ),
    )
    if (mode === "quick") return rows
    const grudging = await play(purse(BUDGET), "population[purse].options.epsilonAtn=0")
    rows.push(row("bad work accepted, ε = 0", 0, grudging.map(captured), 0.02))
    return rows
  },
}

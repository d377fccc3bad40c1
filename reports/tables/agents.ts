import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface AgentRow {
  readonly setting: string
  readonly seed: number
  readonly agent: string
  readonly role: string
  readonly strategy: string
  readonly profitAtn: number
  readonly balanceAtn: number
  readonly stakeAtn: number
  readonly claimableAtn: number
  readonly projectTokensAtn: number
  readonly computeAtn: number
  readonly verificationAtn: number
  readonly storageAtn: number
  readonly gasAtn: number
  readonly slashedAtn: number
  readonly votes: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly missedTraps: number
  readonly profitWei: string
  readonly slashedWei: string
}

/** One row an agent and run. */
export const agentsTable = (runs: readonly RunResult[]): Table<AgentRow> => ({
  name: "agents",
  caption: "One row an agent and run: profit, what it consists of, slashes and votes.",
  columns: {
    ...runColumns,
    agent: text("name of the agent"),
    role: text("role of the agent"),
    strategy: text("strategy, role/name"),
    profitAtn: number("sum of the next eight columns, ATN"),
    balanceAtn: number("change of the ATN balances, ATN"),
    stakeAtn: number("change of what is staked or pending withdrawal, ATN"),
    claimableAtn: number("change of claimable rewards and revenue, ATN"),
    projectTokensAtn: number("change of project tokens at the scenario's price, ATN"),
    computeAtn: number("cost of training, zero or negative, ATN"),
    verificationAtn: number("cost of evaluation, zero or negative, ATN"),
    storageAtn: number("cost of storage, zero or negative, ATN"),
    gasAtn: number("cost of gas, zero or negative, ATN"),
    slashedAtn: number("sum of all slashes, zero or positive, ATN; already inside the stake column"),
    votes: integer("votes revealed"),
    falseAccepts: integer("votes for correct on an incorrect submission that was no trap"),
    falseRejects: integer("votes for incorrect on a correct submission"),
    missedTraps: integer("votes for correct on a trap"),
    profitWei: text("profit, exact, wei"),
    slashedWei: text("slashed, exact, wei"),
  },
  rows: runs.flatMap((run) =>
    run.agents.map(({ money, ...agent }) => ({
      setting: run.setting,
      seed: run.seed,
      agent: agent.name,
      role: agent.role,
      strategy: agent.strategy,
      profitAtn: weiToAtn(money.profit),
      balanceAtn: weiToAtn(money.balance),
      stakeAtn: weiToAtn(money.stake),
      claimableAtn: weiToAtn(money.claimable),
      projectTokensAtn: weiToAtn(money.projectTokens),
      computeAtn: weiToAtn(money.compute),
      verificationAtn: weiToAtn(money.verification),
      storageAtn: weiToAtn(money.storage),
      gasAtn: weiToAtn(money.gas),
      slashedAtn: weiToAtn(agent.slashed),
      votes: agent.votes,
      falseAccepts: agent.falseAccepts,
      falseRejects: agent.falseRejects,
      missedTraps: agent.missedTraps,
      profitWei: money.profit,
      slashedWei: agent.slashed,
    })),
  ),
})

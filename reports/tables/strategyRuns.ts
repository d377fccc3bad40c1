import type { AgentRow } from "./agents.ts"
import { groupBy, keyOf } from "./groupBy.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"
import type { VoteRow } from "./votes.ts"

/** Columns of agents whose mean over a strategy's agents is kept a run. */
const moneyColumns = [
  "profitAtn",
  "balanceAtn",
  "stakeAtn",
  "claimableAtn",
  "projectTokensAtn",
  "computeAtn",
  "verificationAtn",
  "storageAtn",
  "gasAtn",
  "slashedAtn",
] as const satisfies readonly (keyof AgentRow)[]

export type MoneyColumn = (typeof moneyColumns)[number]

export type StrategyRunRow = {
  readonly setting: string
  readonly seed: number
  readonly role: string
  readonly strategy: string
  readonly agents: number
  readonly votes: number
  readonly votesWithConsensus: number
  readonly votesAgainstConsensus: number
  readonly votesWithoutConsensus: number
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly missedTraps: number
} & { readonly [K in MoneyColumn]: number }

const sumOf = (rows: readonly AgentRow[], value: (row: AgentRow) => number): number => {
  let sum = 0
  for (const row of rows) sum += value(row)
  return sum
}

/** One row a strategy and run: money as the mean of its agents, votes and mistakes as their sum. */
export const strategyRunsTable = (agents: Table<AgentRow>, votes: Table<VoteRow>): Table<StrategyRunRow> => {
  const votesOf = groupBy(votes.rows, (row) => keyOf(row.setting, row.seed, row.strategy))
  return {
    name: "strategyRuns",
    caption: "One row a strategy and run: money as the mean of its agents, votes and mistakes as their sum.",
    columns: {
      ...runColumns,
      role: text("role of the agents"),
      strategy: text("strategy, role/name"),
      agents: integer("agents of the strategy in this run"),
      votes: integer("votes revealed by them"),
      votesWithConsensus: integer("of these, votes that agreed with the consensus"),
      votesAgainstConsensus: integer("of these, votes that disagreed with the consensus"),
      votesWithoutConsensus: integer("of these, votes on submissions without a consensus"),
      falseAccepts: integer("votes for correct on an incorrect submission that was no trap"),
      falseRejects: integer("votes for incorrect on a correct submission"),
      missedTraps: integer("votes for correct on a trap"),
      profitAtn: number("mean profit an agent, sum of the next eight columns, ATN"),
      balanceAtn: number("mean change of the ATN balances, ATN"),
      stakeAtn: number("mean change of stake, ATN"),
      claimableAtn: number("mean change of claimable rewards, ATN"),
      projectTokensAtn: number("mean change of project tokens at the scenario's price, ATN"),
      computeAtn: number("mean cost of training, zero or negative, ATN"),
      verificationAtn: number("mean cost of evaluation, zero or negative, ATN"),
      storageAtn: number("mean cost of storage, zero or negative, ATN"),
      gasAtn: number("mean cost of gas, zero or negative, ATN"),
      slashedAtn: number("mean of all slashes, zero or positive, ATN; already inside the stake column"),
    },
    rows: [...groupBy(agents.rows, (row) => keyOf(row.setting, row.seed, row.strategy)).values()].flatMap(
      (members) => {
        const [first] = members
        if (first === undefined) return []
        const { setting, seed, role, strategy } = first
        const cast = votesOf.get(keyOf(setting, seed, strategy)) ?? []
        const money = Object.fromEntries(
          moneyColumns.map((column) => [column, sumOf(members, (row) => row[column]) / members.length]),
        ) as { [K in MoneyColumn]: number }
        return [
          {
            setting,
            seed,
            role,
            strategy,
            agents: members.length,
            votes: cast.length,
            votesWithConsensus: cast.filter((vote) => vote.aligned === true).length,
            votesAgainstConsensus: cast.filter((vote) => vote.aligned === false).length,
            votesWithoutConsensus: cast.filter((vote) => vote.aligned === null).length,
            falseAccepts: sumOf(members, (row) => row.falseAccepts),
            falseRejects: sumOf(members, (row) => row.falseRejects),
            missedTraps: sumOf(members, (row) => row.missedTraps),
            ...money,
          },
        ]
      },
    ),
  }
}

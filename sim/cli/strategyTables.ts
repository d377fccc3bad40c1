/** What each strategy earned and lost, and how its agents voted: tables that fit a hundred columns. */
import type { Estimate } from "../results/estimate.ts"
import type { SettingResult, StrategyRow } from "../results/experimentResult.ts"
import { estimateText } from "../results/format.ts"
import { fitRows } from "./fitRows.ts"
import type { Alignment, Style } from "./terminal.ts"

const COLUMNS = 100

interface Column {
  readonly title: string
  readonly of: (row: StrategyRow) => Estimate
}

const MONEY: readonly Column[] = [
  { title: "profit, ATN", of: ({ profitAtn }) => profitAtn },
  { title: "slashed, ATN", of: ({ slashedAtn }) => slashedAtn },
]

const VOTES: readonly Column[] = [
  { title: "votes", of: ({ votes }) => votes },
  { title: "false accepts", of: ({ falseAccepts }) => falseAccepts },
]

/** Lines of a table of everybody, and of one of those who voted, if any did. */
export function strategyTables(
  { strategies, runs }: SettingResult,
  style: Style,
): readonly (readonly string[])[] {
  const voters = strategies.filter(({ votes }) => votes.mean !== null && votes.mean > 0)
  const note =
    runs.length < 2
      ? "means per agent"
      : "means per agent; those without an interval are the same in every run"
  return [
    [...table("strategy", strategies, MONEY, style), style.faint(note)],
    ...(voters.length === 0 ? [] : [table("voters", voters, VOTES, style)]),
  ]
}

function table(
  heading: string,
  strategies: readonly StrategyRow[],
  columns: readonly Column[],
  style: Style,
): readonly string[] {
  const head = [heading, "agents", ...columns.flatMap(({ title }) => [title, ""])]
  const rows = strategies.map((row) => [
    row.group === null ? row.strategy : `${row.strategy} (${row.group})`,
    String(row.agents),
    ...columns.flatMap(({ of }) => {
      const { mean, interval } = estimateText(of(row))
      return [mean, interval ?? ""]
    }),
  ])
  const alignments: readonly Alignment[] = [
    "left",
    "right",
    ...columns.flatMap((): readonly Alignment[] => ["right", "left"]),
  ]
  const [header = [], ...lines] = fitRows([head, ...rows], alignments, COLUMNS)
  return [...header.map((line) => style.faint(line)), ...lines.flat()]
}

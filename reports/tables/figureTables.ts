import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { type AccuracyByRoundRow, accuracyByRoundTable } from "./accuracyByRound.ts"
import { type AgentRow, agentsTable } from "./agents.ts"
import { capabilitiesTable, type CapabilityRow } from "./capabilities.ts"
import { type ComparisonPairRow, comparisonPairsTable } from "./comparisonPairs.ts"
import { type ComparisonRow, comparisonsTable } from "./comparisons.ts"
import { type CostMarginRow, costMarginsTable } from "./costMargins.ts"
import { type ExpectationRow, expectationsTable } from "./expectations.ts"
import { keyOf } from "./groupBy.ts"
import { type MetricRow, metricsTable } from "./metrics.ts"
import {
  type ProfitByStrategyOverTimeRow,
  profitByStrategyOverTimeTable,
} from "./profitByStrategyOverTime.ts"
import { type ProfitOverTimeRow, profitOverTimeTable } from "./profitOverTime.ts"
import { type ProfitPartRow, profitPartsTable } from "./profitParts.ts"
import { type RoundRow, roundsTable } from "./rounds.ts"
import { type RunRow, runsTable } from "./runs.ts"
import { type StrategyRow, strategiesTable } from "./strategies.ts"
import { type StrategyRunRow, strategyRunsTable } from "./strategyRuns.ts"
import { type SubmissionRow, submissionsTable } from "./submissions.ts"
import type { AnyTable, Table } from "./table.ts"
import { type ViolationRow, violationsTable } from "./violations.ts"
import { type VoteRow, votesTable } from "./votes.ts"

/** Every table of a report: what figures and page are made from, and what is written beside them. */
export interface FigureTables {
  readonly runs: Table<RunRow>
  readonly agents: Table<AgentRow>
  readonly submissions: Table<SubmissionRow>
  readonly votes: Table<VoteRow>
  readonly rounds: Table<RoundRow>
  readonly capabilities: Table<CapabilityRow>
  readonly profitOverTime: Table<ProfitOverTimeRow>
  readonly metrics: Table<MetricRow>
  readonly violations: Table<ViolationRow>
  readonly accuracyByRound: Table<AccuracyByRoundRow>
  readonly profitByStrategyOverTime: Table<ProfitByStrategyOverTimeRow>
  readonly strategyRuns: Table<StrategyRunRow>
  readonly strategies: Table<StrategyRow>
  readonly profitParts: Table<ProfitPartRow>
  readonly costMargins: Table<CostMarginRow>
  readonly expectations: Table<ExpectationRow>
  readonly comparisons: Table<ComparisonRow>
  readonly comparisonPairs: Table<ComparisonPairRow>
}

/** Runs by setting and seed in the order that the experiment states, whatever the order in which they came. */
const inStatedOrder = (result: ExperimentResult, runs: readonly RunResult[]): RunResult[] => {
  const place = new Map<string, number>()
  for (const setting of result.settings) {
    for (const { seed } of setting.runs) place.set(keyOf(setting.name, seed), place.size)
  }
  const placeOf = (run: RunResult): number => place.get(keyOf(run.setting, run.seed)) ?? place.size
  return runs.toSorted((a, b) => placeOf(a) - placeOf(b))
}

export const figureTables = (result: ExperimentResult, unordered: readonly RunResult[]): FigureTables => {
  const runs = inStatedOrder(result, unordered)
  const agents = agentsTable(runs)
  const votes = votesTable(runs)
  const strategyRuns = strategyRunsTable(agents, votes)
  const profitParts = profitPartsTable(strategyRuns)
  const rounds = roundsTable(runs)
  const profitOverTime = profitOverTimeTable(runs)
  return {
    runs: runsTable(runs),
    agents,
    submissions: submissionsTable(runs),
    votes,
    rounds,
    capabilities: capabilitiesTable(runs),
    profitOverTime,
    metrics: metricsTable(runs),
    violations: violationsTable(runs),
    accuracyByRound: accuracyByRoundTable(rounds),
    profitByStrategyOverTime: profitByStrategyOverTimeTable(profitOverTime),
    strategyRuns,
    strategies: strategiesTable(strategyRuns),
    profitParts,
    costMargins: costMarginsTable(profitParts),
    expectations: expectationsTable(result),
    comparisons: comparisonsTable(result),
    comparisonPairs: comparisonPairsTable(result, runs),
  }
}

/** What was decided first, single observations last. A table is called as its key is. */
const order: Readonly<Record<keyof FigureTables, true>> = {
  expectations: true,
  comparisons: true,
  strategies: true,
  costMargins: true,
  runs: true,
  accuracyByRound: true,
  profitByStrategyOverTime: true,
  profitParts: true,
  metrics: true,
  violations: true,
  comparisonPairs: true,
  strategyRuns: true,
  rounds: true,
  capabilities: true,
  profitOverTime: true,
  agents: true,
  submissions: true,
  votes: true,
}

export const tableNames = Object.keys(order) as readonly (keyof FigureTables)[]

/** All tables as a list, in the order of `tableNames`. */
export const tableList = (tables: FigureTables): readonly AnyTable[] =>
  tableNames.map((name) => tables[name] as unknown as AnyTable)

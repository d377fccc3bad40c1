/** From runs to tables: strategies, accuracy by round, metrics. Rows keep the order in which runs first show them. */
import { estimateMean, INTERVAL_TAIL, type Estimate } from "./estimate.ts"
import type { AccuracyRow, MetricRow, StrategyRow } from "./experimentResult.ts"
import { type Bounds, COUNT_RANGE, hull, pool, SHARE_RANGE, shareBounds } from "./interval.ts"
import { RUN_METRICS, metricOf, possibleRange, proportionOf } from "./metrics.ts"
import { weiToAtn } from "./weiToAtn.ts"
import type { AgentResult, RunResult } from "./runResult.ts"

function label(agent: AgentResult): string {
  return `${agent.strategy} ${agent.group ?? ""}`
}

/** One row per strategy and group: the mean per agent in each run, then over runs. */
export function strategyRows(runs: readonly RunResult[]): readonly StrategyRow[] {
  const kinds = new Map<string, AgentResult>()
  for (const agent of runs.flatMap((run) => run.agents)) {
    if (!kinds.has(label(agent))) kinds.set(label(agent), agent)
  }
  return [...kinds.entries()].map(([kind, example]) => {
    const teams = runs
      .map((run) => run.agents.filter((agent) => label(agent) === kind))
      .filter((team) => team.length > 0)
    const wei = (read: (agent: AgentResult) => string, possible?: Bounds) =>
      estimateMean(
        teams.map((team) => weiToAtn(sum(team.map((agent) => BigInt(read(agent))))) / team.length),
        possible,
      )
    const count = (read: (agent: AgentResult) => number) =>
      estimateMean(
        teams.map((team) => team.reduce((total, agent) => total + read(agent), 0) / team.length),
        COUNT_RANGE,
      )
    return {
      strategy: example.strategy,
      role: example.role,
      group: example.group ?? null,
      agents: teams[0]?.length ?? 0,
      profitAtn: wei((agent) => agent.money.profit),
      slashedAtn: wei((agent) => agent.slashed, COUNT_RANGE),
      votes: count((agent) => agent.votes),
      falseAccepts: count((agent) => agent.falseAccepts),
      falseRejects: count((agent) => agent.falseRejects),
      missedTraps: count((agent) => agent.missedTraps),
    }
  })
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}

/** Accuracy of each module's global model by round, over the runs that reached the round. */
export function accuracyRows(runs: readonly RunResult[]): readonly AccuracyRow[] {
  const values = new Map<string, { module: string; round: number; accuracies: number[] }>()
  for (const { module, round, accuracy } of runs.flatMap((run) => run.rounds)) {
    const key = `${module} ${round}`
    const row = values.get(key) ?? { module, round, accuracies: [] }
    row.accuracies.push(accuracy)
    values.set(key, row)
  }
  return [...values.values()]
    .sort((a, b) => (a.module < b.module ? -1 : a.module > b.module ? 1 : a.round - b.round))
    .map(({ module, round, accuracies }) => ({
      module,
      round,
      accuracy: estimateMean(accuracies, SHARE_RANGE),
    }))
}

/** Every metric of the whole run, by name in the order of code units. */
export function metricRows(runs: readonly RunResult[]): readonly MetricRow[] {
  const measured = runs.flatMap((run) => [...Object.keys(run.metrics), ...Object.keys(run.proportions)])
  return [...new Set([...RUN_METRICS, ...measured])].sort().map((name) => {
    const term = { name, subject: undefined }
    const value = estimateMean(
      runs.flatMap((run) => metricOf(run, term) ?? []),
      possibleRange(term, runs),
    )
    const shares = runs.flatMap((run) => proportionOf(run, term) ?? [])
    if (shares.length === 0) return { name, value, count: null, of: null }
    const pooled = pool(shares)
    return { name, value: widened(value, pooled), ...pooled }
  })
}

function widened(value: Estimate, pooled: { readonly count: number; readonly of: number }): Estimate {
  const { lower, upper } = value
  if (lower === null || upper === null) return value
  return { ...value, ...hull({ lower, upper }, shareBounds(pooled, INTERVAL_TAIL)) }
}

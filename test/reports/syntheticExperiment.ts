/** An experiment over synthetic runs, judged and summarised by the program's own statistics. */
import { estimate, estimateChange, isShareLike } from "../../sim/results/estimate.ts"
import { parseExpectation, parseExpression } from "../../sim/results/expectationParser.ts"
import type { ExperimentResult, SettingResult } from "../../sim/results/experimentResult.ts"
import { judge, overall } from "../../sim/results/judge.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { type SyntheticOptions, syntheticRuns } from "./syntheticRuns.ts"

export interface SyntheticExperiment {
  readonly result: ExperimentResult
  readonly runs: readonly RunResult[]
}

const expression = (source: string) => {
  const parsed = parseExpression(source)
  if (parsed._tag === "failed") throw new Error(`${source}: ${parsed.message}`)
  return parsed.value
}

const expectation = (source: string) => {
  const parsed = parseExpectation(source)
  if (parsed._tag === "failed") throw new Error(`${source}: ${parsed.message}`)
  return parsed.value
}

const settingResult = (name: string, question: string | null, runs: readonly RunResult[]): SettingResult => {
  const strategies = [...new Set(runs.flatMap((run) => run.agents.map((agent) => agent.strategy)))].sort()
  const of = (metric: string, strategy: string) =>
    estimate({ _tag: "metric", name: metric, subject: strategy }, runs)
  return {
    name,
    question,
    changes: name === "base" ? {} : { "population.coordinators.0.count": 4 },
    runs: runs.map((run) => ({
      seed: run.seed,
      digest: run.digest,
      identity: run.identity,
      file: `runs/${name}-${run.seed}.json`,
      trace: null,
      virtualSeconds: run.virtualSeconds,
      transactions: run.transactions,
      violations: run.violations.length,
    })),
    strategies: strategies.map((strategy) => ({
      strategy,
      role: runs[0]?.agents.find((agent) => agent.strategy === strategy)?.role ?? "",
      group: null,
      agents: runs[0]?.agents.filter((agent) => agent.strategy === strategy).length ?? 0,
      profitAtn: of("profit", strategy),
      slashedAtn: of("slashed", strategy),
      votes: of("votes", strategy),
      falseAccepts: of("falseAccepts", strategy),
      falseRejects: of("falseRejects", strategy),
      missedTraps: of("missedTraps", strategy),
    })),
    accuracy: [],
    metrics: [
      { name: "accuracy", value: estimate(expression("accuracy"), runs), count: null, of: null },
      { name: "alignedVotes", value: estimate(expression("alignedVotes"), runs), count: 940, of: 1000 },
    ],
    violations: 0,
  }
}

export interface ExperimentOptions extends SyntheticOptions {
  readonly title?: string
  readonly description?: string
  readonly expectations?: readonly string[]
  readonly measures?: readonly string[]
}

/** Same options, same experiment. */
export const syntheticExperiment = ({
  title = "First run: does honest work pay?",
  description = "Four honest solvers, five honest coordinators, ten rounds of MNIST.",
  expectations = [
    "profit(solver/honest) > 0",
    "profit(coordinator/honest) > 0",
    "profit(proposer/honest) > 0",
    "accuracy > 0.9",
    "slashed(solver/honest) <= 0",
    "profit(coordinator/honest) > 27",
  ],
  measures = ["profit(coordinator/honest)", "profit(solver/honest)", "accuracy", "alignedVotes"],
  ...options
}: ExperimentOptions = {}): SyntheticExperiment => {
  const runs = syntheticRuns(options)
  const names = [...new Set(runs.map((run) => run.setting))]
  const of = (setting: string) => runs.filter((run) => run.setting === setting)
  const base = of("base")
  const judged = expectations.map((source, index) => ({
    statement: source,
    why: index === 0 ? "Training costs something; the reward must exceed it." : null,
    ...judge(expectation(source), base),
  }))
  const settings = names.map((name) =>
    settingResult(name, name === "base" ? null : `What does ${name} change?`, of(name)),
  )
  const result: ExperimentResult = {
    version: 1,
    name: "first-run",
    title,
    description,
    intervalConfidence: 0.95,
    complete: true,
    manifest: {
      format: "autonet-sim experiment",
      version: 1,
      program: "0.1.0",
      identity: "5c".repeat(32),
      inputs: {
        settings: names.map((name) => ({
          name,
          scenario: {
            rounds: 10,
            network: { latencyMedianSeconds: 0.5 },
            costs: { verificationWei: "1000000000000000000" },
          },
        })),
        seeds: [...new Set(runs.map((run) => run.seed))],
        contracts: { TaskContract: "0xab", Project: "0xcd" },
        sources: "ab".repeat(32),
        lockfile: "cd".repeat(32),
        node: "v24.21.0",
        mlBackend: "tfjs wasm 4.22.0, one thread",
        datasets: { mnist: "ef".repeat(32) },
      },
      engine: "ethereumjs",
      scenarioFile: "scenarios/first-run.yaml",
      set: [],
      scenarioText: "version: 1\ntitle: First run\n",
      trace: false,
      seed: null,
      replicates: null,
    },
    settings,
    failures: [],
    expectations: judged,
    comparisons: names
      .filter((name) => name !== "base")
      .map((name) => ({
        name,
        question: `What does ${name} change?`,
        changes: { "population.coordinators.0.count": 4 },
        measures: measures.map((measure) => ({
          measure,
          isShare: isShareLike(expression(measure), runs),
          change: estimateChange(expression(measure), base, of(name)),
        })),
      })),
    verdict: overall(judged.map(({ verdict }) => verdict)),
    digest: "0f".repeat(32),
    command: "npx autonet-sim run scenarios/first-run.yaml",
  }
  return { result, runs }
}

/** An experiment over synthetic runs, judged and summarised by the program itself. */
import { analyse } from "../../sim/results/analyse.ts"
import { parseExpectation, parseExpression } from "../../sim/results/expectationParser.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import type { Manifest } from "../../sim/results/manifest.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { type SyntheticOptions, syntheticRuns } from "./syntheticRuns.ts"

export interface SyntheticExperiment {
  readonly result: ExperimentResult
  readonly runs: readonly RunResult[]
}

export interface ExperimentOptions extends SyntheticOptions {
  readonly title?: string
  readonly description?: string
  readonly expectations?: readonly string[]
  readonly measures?: readonly string[]
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

const scenario = {
  rounds: 10,
  limitSeconds: 72 * 3600,
  settleAt: "lastRound",
  money: { projectTokenPriceWei: "1000000000000000000" },
  costs: {
    trainingWeiPerSample: "1000000000000000",
    verificationWeiPerEvaluation: "1000000000000000000",
    storageWeiPerMibDay: "100000000000000",
    gasWeiPerGas: "1000000000",
  },
  chain: { blockSeconds: 12 },
  network: { medianLatencySeconds: 0.5 },
  learning: { dataset: "mnist", samplesPerSolver: 300, partition: { kind: "iid" } },
  parameters: {},
}

const manifest = (settings: readonly string[], seeds: readonly number[]): Manifest => ({
  format: "autonet-sim experiment",
  version: 3,
  program: "0.1.0",
  identity: "5c".repeat(32),
  inputs: {
    settings: settings.map((name) => ({ name, scenario, contracts: "c0ffee" })),
    seeds,
    contractSets: {
      c0ffee: {
        code: { TaskContract: `0x${"ab".repeat(32)}`, Project: `0x${"cd".repeat(32)}` },
        initCode: { TaskContract: `0x${"12".repeat(32)}`, Project: `0x${"34".repeat(32)}` },
        interfaces: "ab".repeat(32),
      },
    },
    sources: "ab".repeat(32),
    lockfile: "cd".repeat(32),
    node: "v24.21.0",
    mlBackend: "tfjs wasm 4.22.0, one thread",
    datasets: { mnist: "ef".repeat(32) },
  },
  engine: { name: "ethereumjs", version: "@ethereumjs/evm 10.1.3, tuned" },
  audit: null,
  contractSets: [
    {
      id: "c0ffee",
      source: "builtin",
      rulesOff: [],
      compiler: "0.8.37",
      contentHash: "ab".repeat(32),
      missing: [],
      unchecked: [],
      fixed: [],
      parameters: {},
    },
  ],
  parameters: [],
  settings: settings.map((name) => ({ name, parameters: [] })),
  scenarioFile: "scenarios/first-run.yaml",
  set: [],
  scenarioText: "version: 1\ntitle: First run\n",
  trace: false,
  seed: null,
  replicates: null,
  contracts: null,
  rulesOff: [],
})

const question = (name: string) => `What does ${name} change?`

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
  const result = analyse({
    name: "first-run",
    title,
    description,
    manifest: manifest(names, [...new Set(runs.map((run) => run.seed))]),
    settings: names.map((name) => ({
      name,
      question: name === "base" ? null : question(name),
      changes: name === "base" ? {} : { "population.1.count": 4 },
      runs: runs
        .filter((run) => run.setting === name)
        .map((run) => ({ result: run, file: `runs/${names.indexOf(name)}-${run.seed}.json`, trace: null })),
    })),
    looks: 1,
    failures: [],
    audit: null,
    expectations: expectations.map((source, index) => ({
      statement: source,
      why: index === 0 ? "Training costs something; the reward must exceed it." : undefined,
      expectation: expectation(source),
    })),
    comparisons: names
      .filter((name) => name !== "base")
      .map((name) => ({
        name,
        question: question(name),
        measures: measures.map((source) => ({ source, expression: expression(source) })),
      })),
    digest: "0f".repeat(32),
    command: "npx autonet-sim run scenarios/first-run.yaml",
  })
  return { result, runs }
}

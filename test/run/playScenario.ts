/** Runs of the real world for tests: from a scenario file, with changes, on contracts that may be mutants. */
import { join } from "node:path"
import { Effect } from "effect"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import { type CreateEngine, defaultEngine, engineFactory } from "../../chain/engine/engines.ts"
import { strategies } from "../../sim/agents/registry.ts"
import type { ResultCache } from "../../sim/cache/memoStores.ts"
import type { Heartbeat } from "../../sim/kernel/heartbeat.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import type { TraceEvent } from "../../sim/kernel/trace.ts"
import type { RunNames } from "../../sim/story/runNames.ts"
import type { Scenario } from "../../sim/scenario/scenario.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { runScenarioOn } from "../../sim/run/runScenario.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { capabilitiesOf } from "../../chain/contractSet/capabilities.ts"
import { contractsKey, type ContractChoice, type ContractSet } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { mutants } from "../../chain/mutants/mutants.ts"
import { testCacheDirectory } from "../compiledContracts.ts"

/** Nobody watches a test's runs. */
const noHeartbeat: Heartbeat = {
  agentAdded: () => {},
  beforeResume: () => {},
  afterResume: () => {},
  foreignStart: () => {},
  foreignEnd: () => {},
}

export const smallScenario = join(import.meta.dirname, "../fixtures/scenarios/small.yaml")

export interface PlayOptions {
  readonly file?: string
  readonly seed?: number
  readonly engine?: string
  /** In place of the engine's own. */
  readonly createEngine?: CreateEngine
  /** Changes `path=value`, as with `--set`. */
  readonly set?: readonly string[]
  /** Contracts in place of those that the scenario names. */
  readonly artifacts?: CompiledSuite
  /** The same, with what it can do. */
  readonly contractSet?: ContractSet
  /** Absent = no results of learning are taken from anywhere. */
  readonly cache?: ResultCache
  readonly onTrace?: (line: string) => void
  /** Takes the run's names, and gives back what takes its events. */
  readonly onNames?: (names: RunNames, base: Scenario) => (event: TraceEvent) => void
}

const contractSetOf = async (
  choice: ContractChoice,
  suite: CompiledSuite | undefined,
): Promise<ContractSet> =>
  suite === undefined
    ? loadContractSet(choice, { cacheDirectory: testCacheDirectory })
    : { choice, suite, capabilities: capabilitiesOf(suite) }

export const playScenario = async (options: PlayOptions = {}): Promise<RunResult> => {
  const { file = smallScenario, seed = 1, set = [], engine = defaultEngine, onTrace } = options
  const registries = { strategies, parameters: contractParameters, rules: mutants }
  const { base } = await Effect.runPromise(loadScenario(file, { registries, set }))
  const contractSet = options.contractSet ?? (await contractSetOf(base.contracts, options.artifacts))
  let take: ((event: TraceEvent) => void) | undefined
  return runScenarioOn(options.createEngine ?? engineFactory(engine), {
    scenario: base,
    setting: "base",
    seed,
    identity: "test",
    engine,
    cache: options.cache,
    artifacts: { [contractsKey(base.contracts)]: contractSet },
    heartbeat: noHeartbeat,
    onProgress: () => {},
    onNames: (names) => (take = options.onNames?.(names, base)),
    traceSink: (event, line) => {
      onTrace?.(line)
      take?.(event)
    },
  })
}

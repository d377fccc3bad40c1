/**
 * Plays scenarios whose strategies lie in a folder, in a process of its own: Node itself loads the files, as it does
 * for a user. Prints as JSON what became of each file: `{ digest }`, `{ refused }` at load, or `{ failed }` in the run.
 */
import { Effect } from "effect"
import { join } from "node:path"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { failureOf } from "../../sim/experiment/runFailure.ts"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { runScenario } from "../../sim/run/runScenario.ts"
import { contractsKey } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { defaultEngine, judgeEngine } from "../../chain/engine/engines.ts"
import { testCacheDirectory } from "../compiledContracts.ts"

const [folder = "", ...files] = process.argv.slice(2)

/** Learning is real where the file's name says so, and likewise the engine is the judge of the others. */
const scenarioWith = (strategy: string) => `version: 1
name: outside
title: One agent from outside, and nobody else.
seed: 1
rounds: 1
limitHours: ${strategy.includes("real") ? 0.1 : 2}
ml: ${strategy.includes("real") ? "real" : "surrogate"}
learning: { dataset: mnist, evaluationExamples: 50, heldOutExamples: 50 }
population: [{ strategy: "${strategy}" }, { strategy: proposer/honest }, { strategy: solver/honest, count: 4 }]
`

const nobody = () => {}
/** As a worker reports it. */
const failed = (error: unknown) => ({ failed: failureOf(error).message })
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const play = async (strategy: string) => {
  const registries = { strategies, parameters: contractParameters }
  const file = join(folder, "scenario.yaml")
  const loading = Effect.runPromise(loadScenarioText(file, scenarioWith(strategy), { registries }))
  const plan = await loading.catch((error: unknown) => ({ refused: messageOf(error) }))
  if ("refused" in plan) return plan
  const { base } = plan
  const set = await loadContractSet(base.contracts, { cacheDirectory: testCacheDirectory })
  const input = {
    scenario: base,
    setting: "base",
    seed: 1,
    identity: "test",
    engine: strategy.includes("judged") ? judgeEngine : defaultEngine,
    artifacts: { [contractsKey(base.contracts)]: set },
    heartbeat: {
      agentAdded: nobody,
      beforeResume: nobody,
      afterResume: nobody,
      foreignStart: nobody,
      foreignEnd: nobody,
    },
    onProgress: nobody,
    traceSink: undefined,
  }
  try {
    return { digest: (await runScenario(input)).digest }
  } catch (error) {
    return failed(error)
  }
}

const outcomes: unknown[] = []
for (const file of files) outcomes.push(await play(file))
console.log(JSON.stringify(outcomes))

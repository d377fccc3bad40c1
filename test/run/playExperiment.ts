/** All replicates of a scenario file on worker threads, as `autonet-sim run` plays them. */
import { mkdtemp, rm } from "node:fs/promises"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { defaultEngine } from "../../chain/engine/engines.ts"
import { strategies } from "../../sim/agents/registry.ts"
import { readRun } from "../../sim/experiment/outputFolder.ts"
import { runExperiment } from "../../sim/experiment/runExperiment.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { testCacheDirectory } from "../compiledContracts.ts"

/** Results of the base setting in the order of seeds. Throws if a run has none. */
export const playExperiment = async (
  file: string,
  set: readonly string[] = [],
  workers = availableParallelism(),
): Promise<readonly RunResult[]> => {
  const registries = { strategies, parameters: contractParameters }
  const plan = await Effect.runPromise(loadScenario(file, { registries, set }))
  const folder = await mkdtemp(join(tmpdir(), "autonet-sim-validate-"))
  const quiet = () => {}
  try {
    const { result } = await runExperiment({
      plan,
      folder,
      keepOther: false,
      derivedFiles: () => Promise.resolve([]),
      runModule: new URL("../../sim/experiment/protocolRun.ts", import.meta.url).href,
      workers,
      watchdogSeconds: 60,
      trace: false,
      check: false,
      engine: defaultEngine,
      audit: undefined,
      resume: false,
      cacheDirectory: testCacheDirectory,
      signal: new AbortController().signal,
      observer: { prepared: quiet, progress: quiet, done: quiet, failed: quiet, audited: quiet },
      source: {
        scenarioFile: file,
        scenarioText: "",
        set: [...set],
        seed: null,
        replicates: null,
        contracts: null,
        rulesOff: [],
      },
      command: "npm run validate",
    })
    const base = result?.settings[0]
    if (result?.complete !== true || base === undefined) {
      throw new Error(`${file}: runs are missing: ${JSON.stringify(result?.failures)}`)
    }
    return base.runs.map(({ seed }) => readRun(folder, { setting: "base", seed }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

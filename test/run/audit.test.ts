/** Audits of the real world: engines that lie in one unit of gas or one log are found out. */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { judgeEngine } from "../../chain/engine/engines.ts"
import { strategies } from "../../sim/agents/registry.ts"
import type { AuditFailed } from "../../sim/experiment/audit.ts"
import { runExperiment } from "../../sim/experiment/runExperiment.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { testCacheDirectory } from "../compiledContracts.ts"
import { smallScenario } from "./playScenario.ts"

const quiet = () => {}

const audited = async (engine: string, folder: string) => {
  const registries = { strategies, parameters: contractParameters }
  const set = ["replicates=1"]
  const plan = await Effect.runPromise(loadScenario(smallScenario, { registries, set }))
  return runExperiment({
    plan,
    folder,
    keepOther: false,
    derivedFiles: () => Promise.resolve([]),
    runModule: new URL("../fixtures/run-modules/lyingEngine.ts", import.meta.url).href,
    workers: 2,
    watchdogSeconds: 60,
    trace: false,
    check: false,
    engine,
    audit: { share: 0.01, engine: judgeEngine },
    resume: false,
    cacheDirectory: testCacheDirectory,
    signal: new AbortController().signal,
    observer: { prepared: quiet, progress: quiet, done: quiet, failed: quiet, audited: quiet },
    source: {
      scenarioFile: smallScenario,
      scenarioText: "",
      set,
      seed: null,
      replicates: null,
      contracts: null,
      rulesOff: [],
    },
    command: "npm test",
  })
}

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-audit-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// Each lie takes two playings on two engines; `npm run test:contracts` tells both.
const lies = process.env["EVERY_MUTANT"] === undefined ? ["log"] : ["gas", "log"]

test.each(lies)("an engine that lies in one %s fails the whole result", async (engine) => {
  const folder = temporaryFolder()
  const failure = await audited(engine, folder).then(
    () => undefined,
    (error: unknown) => error as AuditFailed,
  )
  expect(failure?._tag).toBe("AuditFailed")
  const [mismatch] = failure!.mismatches
  const { played, judged } = mismatch!.divergence!
  const [ours, theirs] = [played, judged].map(
    (line) => JSON.parse(line!) as [number, string, string, unknown],
  )
  // The first event that differs is the transaction itself, not something that follows from it.
  expect(ours?.slice(0, 3)).toEqual(theirs?.slice(0, 3))
  expect(ours?.slice(1, 3)).toEqual(["chain", expect.any(String)])
  expect(ours?.[3]).not.toEqual(theirs?.[3])
  expect(existsSync(join(folder, "runs/base-1.json"))).toBe(true)
})

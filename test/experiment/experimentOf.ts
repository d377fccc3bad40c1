/** Runs an experiment on a fixture's world, for tests. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { onTestFinished } from "vitest"
import type { ExperimentOptions } from "../../sim/experiment/experimentOptions.ts"
import { runExperiment } from "../../sim/experiment/runExperiment.ts"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries } from "../scenario/exampleRegistries.ts"

export const scenarioText = `version: 1
name: small
title: Coordinators earn by chance, and honest ones a little more.
seed: 1
replicates: 5
population:
  - strategy: coordinator/honest
    count: 3
  - strategy: coordinator/lazy
    count: 2
expectations:
  - profit(coordinator/honest) > profit(coordinator/lazy) at 95%
  - falseAcceptRate < 99%
comparisons:
  - name: all-honest
    question: Does a lazy coordinator cost anybody anything?
    set: { "population[1].strategy": coordinator/honest }
    measures: [ profit(coordinator/honest), falseAcceptRate ]
`

export type World =
  | "sound"
  | "slow"
  | "hanging"
  | "faulty"
  | "forgetful"
  | "disagreeing"
  | "talkative"
  | "misled"
  | "brokenJudge"

export const runModuleOf = (world: World): string =>
  new URL(`../fixtures/run-modules/${world}.ts`, import.meta.url).href

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const experimentOptions = async (
  world: World,
  changes: Partial<ExperimentOptions> & { readonly set?: readonly string[] } = {},
): Promise<ExperimentOptions> => {
  const { set = [], ...options } = changes
  const plan = await Effect.runPromise(
    loadScenarioText("small.yaml", scenarioText, { registries: exampleRegistries, set }),
  )
  return {
    plan,
    folder: options.folder ?? join(temporaryFolder(), "out"),
    keepOther: false,
    derivedFiles: () => Promise.resolve([]),
    runModule: runModuleOf(world),
    workers: 1,
    watchdogSeconds: 60,
    trace: false,
    check: false,
    engine: "reference",
    audit: undefined,
    resume: false,
    cacheDirectory: undefined,
    signal: new AbortController().signal,
    observer: { prepared: () => {}, progress: () => {}, done: () => {}, failed: () => {}, audited: () => {} },
    source: {
      scenarioFile: "small.yaml",
      scenarioText,
      set: [...set],
      seed: null,
      replicates: null,
      contracts: null,
      rulesOff: [],
    },
    command: "autonet-sim run small.yaml",
    ...options,
  }
}

export const experimentOf = async (...args: Parameters<typeof experimentOptions>) =>
  runExperiment(await experimentOptions(...args))

/** Generates scenarios from a seed, runs them on a pair of engines, and shrinks what they disagree on. */
import * as fc from "fast-check"
import { Coverage, type Tally, emptyTally } from "./coverage.ts"
import { type Disagreement, describeDisagreement } from "./disagreement.ts"
import type { EnginePair } from "./enginePairs.ts"
import { minimise } from "./minimise.ts"
import { type Outcome, runScenario } from "./runScenario.ts"
import type { Scenario } from "./scenario.ts"
import { programsOf, scenario as anyScenario } from "./scenarios.ts"

export interface Finding {
  readonly seed: number
  /** fast-check's path to the shrunk case. */
  readonly path: string
  readonly shrinks: number
  /** In words; also a failure of one engine that is no disagreement of results. */
  readonly what: string
  readonly scenario: Scenario
}

export interface SearchResult {
  readonly tally: Tally
  readonly findings: readonly Finding[]
}

export interface SearchOptions {
  readonly seed: number
  readonly scenarios: number
  /** A search ends when it has found so many things. */
  readonly maxFindings?: number
  /** Whether to look for a smaller case when one is found; true when absent. */
  readonly shrink?: boolean
}

const defaultMaxFindings = 4
/** So many smaller cases are tried at most for one finding. */
const maxShrinkAttempts = 1_500

class Disagrees extends Error {
  constructor(disagreement: Disagreement) {
    super(describeDisagreement(disagreement))
  }
}

export const search = async (
  open: (coverage: Coverage) => Promise<EnginePair>,
  { seed, scenarios, maxFindings = defaultMaxFindings, shrink = true }: SearchOptions,
): Promise<SearchResult> => {
  const coverage = new Coverage()
  const pair = await open(coverage)
  const tally = emptyTally()
  const findings: Finding[] = []
  let left = scenarios
  for (let part = 0; left > 0 && findings.length < maxFindings; part++) {
    const details = await fc.check(propertyOf(pair, coverage, tally), {
      seed: (seed + 0x9e3779b1 * part) | 0,
      numRuns: left,
      endOnFailure: !shrink,
    })
    left -= details.numRuns
    if (!details.failed) break
    findings.push(await findingOf(pair, details, shrink))
  }
  return { tally, findings }
}

/** What runs after the first failure is fast-check's search for a smaller one, and does not count. */
const propertyOf = (pair: EnginePair, coverage: Coverage, tally: Tally) => {
  let attempts = 0
  let hasFailed = false
  return fc.asyncProperty(anyScenario, async (scenario) => {
    if (hasFailed && ++attempts > maxShrinkAttempts) return
    const { outcomes, failure } = await tryScenario(pair, scenario, coverage)
    if (!hasFailed) coverage.keep(tally, programsOf(scenario), outcomes)
    if (failure === undefined) return
    hasFailed = true
    throw failure
  })
}

interface Attempt {
  readonly outcomes: readonly Outcome[]
  /** That the engines disagree, or that one of them failed. */
  readonly failure: Error | undefined
}

/** One scenario on a pair that is as new. */
export const tryScenario = async (
  pair: EnginePair,
  scenario: Scenario,
  coverage: Coverage,
): Promise<Attempt> => {
  coverage.forget()
  try {
    const { disagreement, outcomes } = await runScenario(await pair.begin(), scenario)
    return { outcomes, failure: disagreement && new Disagrees(disagreement) }
  } catch (error) {
    pair.discard()
    return { outcomes: [], failure: error instanceof Error ? error : new Error(String(error)) }
  }
}

const findingOf = async (
  pair: EnginePair,
  details: fc.RunDetails<[Scenario]>,
  shrink: boolean,
): Promise<Finding> => {
  const { seed, counterexamplePath, numShrinks, counterexample } = details
  const fails = async (scenario: Scenario) => (await tryScenario(pair, scenario, new Coverage())).failure
  const [shrunk] = counterexample as [Scenario]
  const scenario = shrink ? await minimise(shrunk, async (each) => Boolean(await fails(each))) : shrunk
  return {
    seed,
    path: counterexamplePath ?? "",
    shrinks: numShrinks,
    what: (await fails(scenario))?.message ?? "It did not fail again.",
    scenario,
  }
}

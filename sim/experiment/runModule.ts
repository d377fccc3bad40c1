/**
 * The seam between an experiment and the world that it runs.
 *
 * An experiment knows the address of a module and nothing else about runs: workers import it and call `runScenario`.
 * The product's own is `protocolRun.ts`.
 */
import type { ResultCache } from "../cache/memoStores.ts"
import type { Heartbeat } from "../kernel/heartbeat.ts"
import type { TraceEvent } from "../kernel/trace.ts"
import type {
  ContractSetRecord,
  IdentityInputs,
  ParameterRecord,
  SurrogateRecord,
} from "../results/manifest.ts"
import type { RunResult } from "../results/runResult.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { RunNames } from "../story/runNames.ts"

/** What a world needs to know to play one run. */
export interface RunInput<Artifacts> {
  readonly scenario: Scenario
  /** `base`, or the name of a comparison. */
  readonly setting: string
  readonly seed: number
  /** Hash of the run's inputs; goes into the result as it is. */
  readonly identity: string
  readonly artifacts: Artifacts
  /** The EVM engine to play on; no part of identity or digest. */
  readonly engine: string
  /** Where results of learning may be taken from and kept; they leave no mark on the run. Absent = nowhere. */
  readonly cache?: ResultCache | undefined
  readonly heartbeat: Heartbeat
  /** Share of the run that is done, 0 to 1. */
  readonly onProgress: (fraction: number) => void
  /** Told once, before anything happens, who is behind which address; for stories. */
  readonly onNames?: ((names: RunNames) => void) | undefined
  /** Gets every event of the trace with its canonical line, in order. */
  readonly traceSink: ((event: TraceEvent, line: string) => void) | undefined
}

/** The parts of an experiment's identity that the world contributes. */
export interface WorldInputs extends Pick<IdentityInputs, "mlBackend" | "datasets" | "surrogates"> {
  /** By `contractsKey` of the choice: the hashes that stand for the set in identities. */
  readonly contracts: Readonly<Record<string, IdentityInputs["contractSets"][string]>>
}

/** A set of contracts, for readers of the manifest; outside identity. */
export type PreparedContracts = Omit<ContractSetRecord, "id" | "source">

export interface Prepared<Artifacts> {
  /** What every run needs and no run changes; copied to the workers by structured clone. */
  readonly artifacts: Artifacts
  readonly inputs: WorldInputs
  /** Full names with versions, by the names that were asked for; for the manifest, outside identity. */
  readonly engines: Readonly<Record<string, string>>
  /** The surrogates that settings learn with, if any do; for the manifest. */
  readonly surrogates?: readonly SurrogateRecord[]
  /** By `contractsKey` of the choice. */
  readonly contractSets: Readonly<Record<string, PreparedContracts>>
  /** The parameters that the contracts may have. */
  readonly parameters: readonly ParameterRecord[]
}

export interface PrepareOptions {
  /** May be kept between experiments. */
  readonly cacheDirectory: string | undefined
  /** Of every setting: what they name is prepared. */
  readonly scenarios: readonly Scenario[]
  /** The EVM engines that runs will be played on. */
  readonly engines: readonly string[]
}

export interface RunModule<Artifacts = unknown> {
  /** Done once, before any run. */
  readonly prepare: (options: PrepareOptions) => Promise<Prepared<Artifacts>>
  readonly runScenario: (input: RunInput<Artifacts>) => Promise<RunResult>
}

/** Imports a run module and checks that it is one. Throws a `TypeError` that says what it lacks. */
export async function importRunModule(url: string): Promise<RunModule> {
  const module = (await import(url)) as Partial<RunModule>
  const { prepare, runScenario } = module
  if (typeof prepare !== "function" || typeof runScenario !== "function") {
    throw new TypeError(`expected the module ${url} to export prepare and runScenario`)
  }
  return { prepare, runScenario }
}

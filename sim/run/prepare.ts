/** What every run of an experiment needs and no run changes: contracts, the ML backend, the data sets. */
import { contractsKey, type ContractSet } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { createEngine } from "../../chain/engine/engines.ts"
import { BackendUnavailable, describeBackend, initialiseBackend, type BackendName } from "../../ml/backend.ts"
import { loadDataset } from "../../ml/datasets/registry.ts"
import type { Prepared, PreparedContracts, PrepareOptions } from "../experiment/runModule.ts"
import { contractParameters, parameterRecord } from "../mechanisms/parameters.ts"
import { surrogatesOf } from "./surrogates.ts"
import { hashesOf, preparedContracts, type ContractSets } from "./contractSets.ts"
import { numbersOfSet, refuseFixed } from "./parametersOfSet.ts"

/**
 * Compiles, or reads the cache in `cacheDirectory`; finds out what goes into the identity of runs. Rejects with
 * `ContractSetRefused`, `ParametersFixed` or `GenesisFailed` where a scenario's contracts can't be used as it says, with
 * `UnknownEngine` or `BackendUnavailable` where an engine or the ML backend is not there.
 */
export const prepare = async (options: PrepareOptions): Promise<Prepared<ContractSets>> => {
  const { cacheDirectory, scenarios } = options
  const engines = await fullNames(options.engines)
  const artifacts: Record<string, ContractSet> = {}
  const contractSets: Record<string, PreparedContracts> = {}
  for (const scenario of scenarios) {
    const key = contractsKey(scenario.contracts)
    const set = (artifacts[key] ??= await loadContractSet(scenario.contracts, { cacheDirectory }))
    const record = (contractSets[key] ??= preparedContracts(set, await numbersOfSet(set)))
    refuseFixed(scenario, record)
  }
  const surrogates = surrogatesOf(scenarios)
  const datasets = new Set(scenarios.map(({ learning }) => learning.dataset))
  return {
    artifacts,
    inputs: {
      contracts: mapValues(artifacts, hashesOf),
      mlBackend: await backendsOf(scenarios.filter(({ ml }) => ml !== "surrogate")),
      datasets: Object.fromEntries([...datasets].sort().map((name) => [name, loadDataset(name).hash])),
      surrogates: Object.fromEntries(surrogates.map(({ dataset, hash }) => [dataset, hash])),
    },
    engines,
    surrogates,
    contractSets,
    parameters: contractParameters.map(parameterRecord),
  }
}

/** What the settings compute with that really learn. */
const backendsOf = async (real: PrepareOptions["scenarios"]): Promise<string> =>
  real.length === 0
    ? "none: a surrogate stands in"
    : describeBackend(await initialiseBackend(backendOf(real)))

/** The backend of all settings. Throws `BackendUnavailable` where they have several: their results would not compare. */
const backendOf = (scenarios: PrepareOptions["scenarios"]): BackendName => {
  const [name = "wasm", ...others] = new Set(scenarios.map(({ learning }) => learning.backend))
  if (others.length === 0) return name
  const reason = "all settings of an experiment learn on one backend"
  throw new BackendUnavailable({ backend: [name, ...others].join(" and "), reason })
}

const fullNames = async (names: readonly string[]): Promise<Record<string, string>> => {
  const entries = names.map(async (name) => [name, (await createEngine(name)).name] as const)
  return Object.fromEntries(await Promise.all(entries))
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]))

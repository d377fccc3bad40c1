/** What every run of an experiment needs and no run changes: contracts, the ML backend, the data set. */
import { contractsKey, type ContractSet } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { initialiseBackend } from "../../ml/backend.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import type { Prepared, PrepareOptions } from "../experiment/runModule.ts"
import { contractParameters, parameterRecord } from "../mechanisms/parameters.ts"
import { hashesOf, preparedContracts, type ContractSets } from "./contractSets.ts"

/** Compiles, or reads the cache in `cacheDirectory`; finds out what goes into the identity of runs. */
export const prepare = async (options: PrepareOptions): Promise<Prepared<ContractSets>> => {
  const { cacheDirectory, scenarios } = options
  const artifacts: Record<string, ContractSet> = {}
  for (const { contracts } of scenarios) {
    const key = contractsKey(contracts)
    artifacts[key] ??= await loadContractSet(contracts, { cacheDirectory })
  }
  const backend = await initialiseBackend()
  const dataset = loadMnist()
  const { name } = await createEthereumJsEngine()
  return {
    artifacts,
    inputs: {
      contracts: mapValues(artifacts, hashesOf),
      mlBackend: `tfjs-${backend.backend} ${backend.version}, ${backend.simd ? "SIMD" : "no SIMD"}, ${backend.threads} thread`,
      datasets: { [dataset.name]: dataset.hash },
    },
    engine: name,
    contractSets: mapValues(artifacts, preparedContracts),
    parameters: contractParameters.map(parameterRecord),
  }
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]))

/** What every run of an experiment needs and no run changes: compiled contracts, the ML backend, the data set. */
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { initialiseBackend } from "../../ml/backend.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import type { Prepared } from "../experiment/runModule.ts"

/** Compiles, or reads the cache in `cacheDirectory`; finds out what goes into the identity of runs. */
export const prepare = async (options: {
  readonly cacheDirectory: string | undefined
}): Promise<Prepared<CompiledSuite>> => {
  const { cacheDirectory } = options
  const artifacts = await compileContracts(cacheDirectory === undefined ? {} : { cacheDirectory })
  const backend = await initialiseBackend()
  const dataset = loadMnist()
  const deployable = Object.values(artifacts.contracts).filter(({ bytecode }) => bytecode !== "0x")
  const { name } = await createEthereumJsEngine()
  return {
    artifacts,
    inputs: {
      contracts: Object.fromEntries(deployable.map((contract) => [contract.name, contract.codeHash])),
      mlBackend: `tfjs-${backend.backend} ${backend.version}, ${backend.simd ? "SIMD" : "no SIMD"}, ${backend.threads} thread`,
      datasets: { [dataset.name]: dataset.hash },
    },
    engine: name,
  }
}

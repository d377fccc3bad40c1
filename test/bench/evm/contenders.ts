import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createStockEngine } from "../../../chain/engine/ethereumjs/createStockEngine.ts"
import { createWasmEngine } from "../../../chain/engine/wasm/createWasmEngine.ts"
import { anvilMining, anvilSimulating } from "./anvilContenders.ts"
import type { Contender } from "./contender.ts"
import { engineContender } from "./engineContender.ts"

/** The measure comes first. A new engine is one more line. */
export const contenders: readonly Contender[] = [
  engineContender({
    name: "EthereumJS stock",
    share: 0.03,
    create: createStockEngine,
    repetitions: 3,
    withoutHistory: true,
  }),
  engineContender({ name: "EthereumJS tuned", share: 0.4, create: createEthereumJsEngine, repetitions: 40 }),
  engineContender({ name: "WebAssembly", share: 1, create: () => createWasmEngine(), repetitions: 40 }),
  anvilSimulating,
  anvilMining,
]

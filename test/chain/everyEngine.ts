import type { Engine } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createStockEngine } from "../../chain/engine/ethereumjs/createStockEngine.ts"
import { createWasmEngine } from "../../chain/engine/wasm/createWasmEngine.ts"

export interface NamedEngine {
  readonly name: string
  readonly create: () => Promise<Engine>
}

export const everyEngine: readonly NamedEngine[] = [
  { name: "WebAssembly", create: () => createWasmEngine() },
  { name: "EthereumJS, tuned", create: () => createEthereumJsEngine() },
  { name: "the WebAssembly core", create: () => createWasmEngine() },
  { name: "EthereumJS, stock", create: () => createStockEngine() },
]

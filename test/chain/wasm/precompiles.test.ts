import { expect, test } from "vitest"
import type { Engine, Execution, Hex } from "../../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createWasmEngine } from "../../../chain/engine/wasm/createWasmEngine.ts"
import { intrinsicGasOf } from "../../../chain/engine/intrinsicGas.ts"
import { account, blockAt } from "../workbench.ts"

const inputs = [0, 31, 32, 96, 128, 192, 213].flatMap((length) =>
  [0x00, 0x01, 0xff].map((byte) => new Uint8Array(length).fill(byte)),
)
const addresses = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

test.each(addresses)("precompile %i answers, halts and charges as EthereumJS's", async (address) => {
  const engines: readonly Engine[] = [await createWasmEngine(), await createEthereumJsEngine()]
  const to: Hex = `0x${String(address).padStart(40, "0")}`
  for (const bytes of inputs) {
    for (const gas of [0n, 14n, 18n, 71n, 72n, 149n, 3_000n, 200_000n]) {
      const data: Hex = `0x${Buffer.from(bytes).toString("hex")}`
      const gasLimit = intrinsicGasOf(bytes, false) + gas
      const message = { from: account(0), to, data, value: 0n, gasLimit }
      const [core, judge] = (await Promise.all(
        engines.map(async (engine) => engine.view(message, blockAt(1n))),
      )) as [Execution, Execution]
      expect(core).toEqual(judge)
    }
  }
})

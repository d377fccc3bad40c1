import { expect, test } from "vitest"
import type { BlockEnvironment, Message } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { instruction } from "../../chain/engine/ethereumjs/instruction.ts"
import { addressFromName } from "../../chain/wallet.ts"

const from = addressFromName("deployer")
const block: BlockEnvironment = {
  number: 1n,
  timestampSeconds: 1n,
  prevRandao: `0x${"00".repeat(32)}`,
  coinbase: addressFromName("builder"),
  gasLimit: 30_000_000n,
}
const creating = (data: Message["data"]): Message => {
  return { from, to: null, data, value: 0n, gasLimit: 30_000_000n }
}

/** Init code that returns so many zero bytes as code. */
const codeOfSize = (bytes: number): Message["data"] => `0x62${bytes.toString(16).padStart(6, "0")}5ff3`

test("code beyond 24,576 bytes deploys only where the engine was told so", async () => {
  const usual = await createEthereumJsEngine()
  expect((await usual.transact(creating(codeOfSize(24_576)), block)).status).toBe("success")
  expect((await usual.transact(creating(codeOfSize(24_577)), block)).status).not.toBe("success")
  const any = await createEthereumJsEngine({ anyCodeSize: true })
  const { status, createdAddress } = await any.transact(creating(codeOfSize(24_577)), block)
  expect(status).toBe("success")
  expect(any.codeOf(createdAddress ?? from)).toHaveLength(2 + 2 * 24_577)
})

test("init code beyond 49,152 bytes is refused unless the engine was told otherwise", async () => {
  const large = creating(`0x${"00".repeat(49_153)}`)
  await expect((await createEthereumJsEngine()).transact(large, block)).rejects.toThrow(/49153 bytes/)
  const any = await createEthereumJsEngine({ anyCodeSize: true })
  expect((await any.transact(large, block)).status).toBe("success")
})

test("an instruction given to one engine replaces its opcode there and nowhere else", async () => {
  const blobHash = 0x49
  const answers = instruction(blobHash, 1, 1, ({ stack, height }) => {
    stack[height - 1] = 2n * (stack[height - 1] as bigint)
  })
  // BLOBHASH(21) as the code's only word: PUSH1 21, BLOBHASH, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
  const data = "0x6015495f5260205ff3"
  const codeIn = async (engine: Awaited<ReturnType<typeof createEthereumJsEngine>>) =>
    engine.codeOf((await engine.transact(creating(data), block)).createdAddress ?? from)
  expect(BigInt(await codeIn(await createEthereumJsEngine({ instructions: [answers] })))).toBe(42n)
  expect(BigInt(await codeIn(await createEthereumJsEngine()))).toBe(0n)
})

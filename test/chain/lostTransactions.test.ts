import { Effect, Fiber } from "effect"
import { encodeFunctionData, parseAbi } from "viem"
import { describe, expect, test } from "vitest"
import { Chain } from "../../chain/chain.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { chainOnKernel } from "./chainOnKernel.ts"

const abi = parseAbi(["function store(uint256 slot, uint256 value, string note) payable returns (uint256)"])
const data = encodeFunctionData({ abi, functionName: "store", args: [1n, 1n, "n"] })

describe("the mempool", () => {
  test("never sees a transaction that is lost, until its sender submits the same again", async () => {
    let lost = 2
    const latencyMicros = () => (lost-- > 0 ? undefined : 0)
    const { kernel, agent, address } = await chainOnKernel({ latencyMicros })
    const found: unknown[] = []
    agent(
      "a",
      Effect.gen(function* () {
        const chain = yield* Chain
        const request = { from: addressFromName("a"), to: address, data }
        const first = yield* chain.submit(request)
        const waiting = yield* Effect.forkChild(chain.awaitReceipt(first))
        yield* Effect.sleep("60 seconds")
        found.push(waiting.pollUnsafe(), (yield* chain.pending).length)
        const second = yield* chain.submit(request)
        const third = yield* chain.submit(request)
        found.push(second === first, third === first, (yield* chain.pending).length)
        found.push((yield* Fiber.join(waiting)).transactionHash === first)
      }),
    )
    await kernel.run()
    expect(found).toEqual([undefined, 0, true, true, 1, true])
  })
})

import { Effect, Fiber } from "effect"
import { encodeFunctionData, parseAbi } from "viem"
import { describe, expect, test } from "vitest"
import { Chain, type ChainShape } from "../../chain/chain.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { nowMicros } from "../../sim/kernel/now.ts"
import { hearingThrough } from "../../sim/world/hearing.ts"
import { chainOnKernel } from "./chainOnKernel.ts"

const abi = parseAbi(["function store(uint256 slot, uint256 value, string note) payable returns (uint256)"])
/** The interval between blocks by default. */
const BLOCK_MICROS = 12_000_000
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

  test("gets it again from an agent that hears late, too, and that agent learns of its receipt late", async () => {
    let lost = 1
    const latencyMicros = () => (lost-- > 0 ? undefined : 0)
    const { kernel, agent, address } = await chainOnKernel({ latencyMicros })
    const heard: number[] = []
    const store = (chain: ChainShape) =>
      Effect.gen(function* () {
        yield* chain.send({ from: addressFromName("a"), to: address, data })
        heard.push((yield* nowMicros) % BLOCK_MICROS)
      })
    const late = (sentMicros: number) => sentMicros + 7_000_000
    agent(
      "a",
      Effect.flatMap(Chain, (chain) => store(hearingThrough(chain, late))),
    )
    await kernel.run()
    expect(heard).toEqual([7_000_000])
  })
})

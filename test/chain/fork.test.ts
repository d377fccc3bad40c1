import { Cause, Effect, Exit, Queue } from "effect"
import { parseAbi } from "viem"
import { describe, expect, test } from "vitest"
import { Chain } from "../../chain/chain.ts"
import { bindContract } from "../../chain/contract.ts"
import { Wallet, addressFromName } from "../../chain/wallet.ts"
import { foreign } from "../../sim/kernel/foreign.ts"
import { chainOnKernel } from "./chainOnKernel.ts"

const abi = parseAbi([
  "function store(uint256 slot, uint256 value, string note) payable returns (uint256 previous)",
  "function cells(uint256) view returns (uint256)",
  "function whereAmI() view returns (uint256 number, uint256 timestamp, uint256 randao, address miner, address caller)",
  "event Stored(uint256 indexed slot, address indexed by, uint256 value, string note)",
])

const asStranger = Effect.provideService(Wallet, { address: addressFromName("stranger") })

describe("a fork", () => {
  test("goes on from the present in blocks of its own, and leaves nothing behind", async () => {
    const { kernel, system, agent, address, engine } = await chainOnKernel()
    const bench = bindContract(abi, address)
    const ahead = Effect.gen(function* () {
      const chain = yield* Chain
      const first = yield* bench.write.store([1n, 8n, "later"])
      yield* chain.awaitBlock(1_000n)
      const second = yield* bench.write.store([2n, 9n, "much later"])
      const { number } = yield* bench.read.whereAmI()
      const past = yield* bench.events.Stored.past()
      return {
        blocks: [first.blockNumber, second.blockNumber, number],
        cells: [yield* bench.read.cells([1n]), yield* bench.read.cells([2n])],
        notes: past.map(({ args }) => args.note),
      }
    }).pipe(asStranger)
    agent(
      "a",
      Effect.gen(function* () {
        const chain = yield* Chain
        const stored = yield* bench.write.store([1n, 7n, "now"])
        const root = yield* foreign("root", () => engine.stateRoot())
        const seen = yield* system.fork(ahead)
        expect(seen.blocks).toEqual([stored.blockNumber + 1n, 1_001n, 1_001n])
        expect(seen.cells).toEqual([8n, 9n])
        expect(seen.notes).toEqual(["later", "much later"])
        expect(yield* foreign("root", () => engine.stateRoot())).toBe(root)
        expect(yield* bench.read.cells([1n])).toBe(7n)
        expect(yield* chain.blockNumber).toBe(stored.blockNumber)
        expect((yield* bench.events.Stored.past()).map(({ args }) => args.note)).toEqual(["now"])
        expect((yield* bench.write.store([1n, 6n, "next"])).blockNumber).toBe(stored.blockNumber + 1n)
      }),
    )
    await kernel.run()
    expect(kernel.now()).toBeGreaterThan(0)
  })

  test("is undone too where its program fails, and its failure is the caller's", async () => {
    const { kernel, system, agent, address } = await chainOnKernel()
    const bench = bindContract(abi, address)
    let exit: Exit.Exit<unknown, unknown> | undefined
    agent(
      "a",
      Effect.gen(function* () {
        const doomed = Effect.andThen(bench.write.store([1n, 8n, ""]), Effect.fail("enough" as const))
        exit = yield* Effect.exit(system.fork(asStranger(doomed)))
        expect(yield* bench.read.cells([1n])).toBe(0n)
      }),
    )
    await kernel.run()
    expect(exit !== undefined && Exit.isFailure(exit) && Cause.squash(exit.cause)).toBe("enough")
  })

  test("shows nothing of itself to agents that read meanwhile", async () => {
    const { kernel, system, agent, address } = await chainOnKernel()
    const bench = bindContract(abi, address)
    const read: bigint[] = []
    agent("a", system.fork(asStranger(bench.write.store([1n, 8n, ""]))))
    agent(
      "b",
      Effect.gen(function* () {
        read.push(yield* bench.read.cells([1n]))
      }),
    )
    await kernel.run()
    expect(read).toEqual([0n])
  })
})

describe("an instant chain", () => {
  test("has a receipt for what reverts, refuses what no block can hold, and hands logs to subscribers", async () => {
    const { kernel, system, agent, address } = await chainOnKernel()
    const bench = bindContract(abi, address)
    const program = Effect.scoped(
      Effect.gen(function* () {
        const chain = yield* Chain
        const logs = yield* chain.subscribeLogs({ address })
        const reverted = yield* chain.send({ from: addressFromName("x"), to: address, data: "0xdeadbeef" })
        expect(reverted.status).toBe("reverted")
        const refused = yield* Effect.flip(
          chain.send({ from: addressFromName("x"), to: address, data: "0x", gasLimit: 1n }),
        )
        expect(refused._tag).toBe("TransactionRefused")
        const { transactionHash } = yield* bench.write.store([3n, 4n, "heard"])
        expect((yield* Queue.take(logs)).transactionHash).toBe(transactionHash)
        const block = yield* chain.blockNumber
        expect(yield* chain.nextBlock).toBe(block + 1n)
        expect(yield* chain.blockNumber).toBe(block + 1n)
        yield* chain.awaitBlock(1n)
        expect(yield* chain.blockNumber).toBe(block + 1n)
        expect(yield* chain.pending).toEqual([])
      }),
    )
    let played = false
    agent(
      "a",
      Effect.map(system.fork(asStranger(program)), () => {
        played = true
      }),
    )
    await kernel.run()
    expect(played).toBe(true)
  })
})

import { Cause, Effect, Exit, Queue } from "effect"
import { encodeFunctionData, parseAbi } from "viem"
import { describe, expect, test } from "vitest"
import { Chain } from "../../chain/chain.ts"
import { bindContract } from "../../chain/contract.ts"
import type { Contract } from "../../chain/contractTypes.ts"
import { MempoolFull, TransactionRefused } from "../../chain/errors.ts"
import type { OrderingPolicy } from "../../chain/ordering/orderingPolicy.ts"
import { firstComeFirstServed } from "../../chain/ordering/firstComeFirstServed.ts"
import type { Block, PendingTransaction, Receipt } from "../../chain/transaction.ts"
import { Wallet, addressFromName } from "../../chain/wallet.ts"
import { chainOnKernel, secondsOf } from "./chainOnKernel.ts"

const abi = parseAbi([
  "function store(uint256 slot, uint256 value, string note) payable returns (uint256 previous)",
  "function churn(uint256 rounds, uint256 seed) returns (bytes32)",
  "function cells(uint256) view returns (uint256)",
  "function whereAmI() view returns (uint256 number, uint256 timestamp, uint256 randao, address miner, address caller)",
  "event Stored(uint256 indexed slot, address indexed by, uint256 value, string note)",
])

const storeData = (slot: bigint, value: bigint) =>
  encodeFunctionData({ abi, functionName: "store", args: [slot, value, "n"] })

const randaoAt10 = async (busy: boolean) => {
  const { kernel, agent, address } = await chainOnKernel()
  const bench = bindContract(abi, address)
  let randao = 0n
  if (busy)
    agent(
      "busy",
      Effect.forEach([1n, 2n, 3n], (slot) => bench.write.store([slot, 1n, ""])),
    )
  agent(
    "a",
    Effect.gen(function* () {
      yield* (yield* Chain).awaitBlock(10n)
      randao = (yield* bench.read.whereAmI()).randao
    }),
  )
  await kernel.run()
  return randao
}

describe("time", () => {
  test("a transaction is in the first block after it has reached the mempool", async () => {
    const { kernel, agent, address } = await chainOnKernel({ latencyMicros: () => 500_000 })
    const blocks: bigint[] = []
    agent(
      "a",
      Effect.gen(function* () {
        const bench = bindContract(abi, address)
        blocks.push((yield* bench.write.store([1n, 1n, ""])).blockNumber)
        expect(secondsOf(kernel)).toBe(12)
        yield* Effect.sleep("11400 millis")
        blocks.push((yield* bench.write.store([1n, 1n, ""])).blockNumber)
        yield* Effect.sleep("11600 millis")
        blocks.push((yield* bench.write.store([1n, 1n, ""])).blockNumber)
      }),
    )
    await kernel.run()
    expect(blocks).toEqual([1n, 2n, 4n])
  })

  test("views and submissions take no virtual time, and see the latest block's number and timestamp", async () => {
    const { kernel, agent, address } = await chainOnKernel()
    agent(
      "a",
      Effect.gen(function* () {
        const chain = yield* Chain
        const bench = bindContract(abi, address)
        yield* Effect.sleep("25 seconds")
        const first = yield* bench.read.whereAmI()
        expect([first.number, first.timestamp]).toEqual([2n, 1_700_000_024n])
        expect(yield* chain.blockNumber).toBe(2n)
        yield* chain.submit({ from: addressFromName("a"), to: address, data: storeData(1n, 2n) })
        expect(secondsOf(kernel)).toBe(25)
        expect(yield* chain.nextBlock).toBe(3n)
        expect(secondsOf(kernel)).toBe(36)
        expect(yield* bench.read.cells([1n])).toBe(2n)
        yield* chain.awaitBlock(2n)
        expect(secondsOf(kernel)).toBe(36)
      }),
    )
    await kernel.run()
  })

  test("who wakes at a block's time sees the block done", async () => {
    const { kernel, agent, address } = await chainOnKernel()
    const seen: bigint[] = []
    const bench = bindContract(abi, address)
    agent("a", bench.write.store([1n, 7n, ""]))
    agent(
      "b",
      Effect.andThen(
        Effect.sleep("12 seconds"),
        Effect.tap(bench.read.cells([1n]), (n) => Effect.sync(() => seen.push(n))),
      ),
    )
    await kernel.run()
    expect(seen).toEqual([7n])
  })

  test("prevrandao depends on the number of the block, not on which blocks were empty", async () => {
    expect(await randaoAt10(true)).toBe(await randaoAt10(false))
  })
})

describe("blocks", () => {
  test("what does not fit waits, in its sender's order", async () => {
    const { kernel, agent, address, system } = await chainOnKernel({ blockGasLimit: 1_000_000n })
    const blocks: Block[] = []
    system.observeBlocks((block) => Effect.sync(() => void blocks.push(block)))
    const send = (slot: bigint, gasLimit: bigint) =>
      Effect.gen(function* () {
        const chain = yield* Chain
        const { address: from } = yield* Wallet
        yield* chain.submit({ from, to: address, data: storeData(slot, 9n), gasLimit })
      })
    agent("a", Effect.all([send(1n, 600_000n), send(2n, 990_000n), send(3n, 200_000n)]))
    agent("b", send(4n, 300_000n))
    await kernel.run()
    const senders = blocks.map(({ receipts }) =>
      receipts.map(({ from }) => (from === addressFromName("a") ? "a" : "b")),
    )
    expect(senders).toEqual([
      ["a", "b"],
      ["a", "a"],
    ])
    expect(blocks.map(({ number }) => number)).toEqual([1n, 2n])
    for (const { receipts, gasUsed } of blocks) {
      expect(receipts.reduce((sum, receipt) => sum + receipt.gasUsed, 0n)).toBe(gasUsed)
    }
  })

  test("empty blocks are not executed", async () => {
    const { kernel, agent, address, system } = await chainOnKernel({ horizonSeconds: 12_000 })
    let observed = 0
    system.observeBlocks(() => Effect.sync(() => void observed++))
    agent("a", bindContract(abi, address).write.store([1n, 1n, ""]))
    const { events } = await kernel.run()
    expect(observed).toBe(1)
    expect(events).toBeLessThan(40)
  })

  test("a failing observer ends the run", async () => {
    const { kernel, agent, address, system } = await chainOnKernel()
    system.observeBlocks(() => Effect.fail("the ledger does not balance"))
    agent("a", bindContract(abi, address).write.store([1n, 1n, ""]))
    await expect(kernel.run()).rejects.toThrow(/the ledger does not balance/)
  })

  test("an ordering that invents transactions ends the run", async () => {
    const forger: OrderingPolicy = { name: "forger", order: (candidates) => [...candidates, ...candidates] }
    const { kernel, agent, address } = await chainOnKernel({ ordering: forger })
    agent("a", bindContract(abi, address).write.store([1n, 1n, ""]))
    await expect(kernel.run()).rejects.toThrow(/forger is wrong/)
  })

  test("a censoring builder delays, and the sender's later transactions with it", async () => {
    const censor: OrderingPolicy = {
      name: "censor",
      order: (candidates, { blockNumber }) =>
        candidates.filter(({ sequence }) => sequence > 0 || blockNumber >= 3n),
    }
    const { kernel, agent, address } = await chainOnKernel({ ordering: censor })
    const included: bigint[] = []
    agent(
      "a",
      Effect.gen(function* () {
        const chain = yield* Chain
        const request = { from: addressFromName("a"), to: address, data: storeData(1n, 1n) }
        const hashes = [yield* chain.submit(request), yield* chain.submit(request)]
        for (const hash of hashes) included.push((yield* chain.awaitReceipt(hash)).blockNumber)
      }),
    )
    await kernel.run()
    expect(included).toEqual([3n, 3n])
  })
})

const raceForABlock = async (ordering?: OrderingPolicy) => {
  const { kernel, agent, address, system } = await chainOnKernel(ordering === undefined ? {} : { ordering })
  const bench = bindContract(abi, address)
  const order: string[] = []
  system.observeBlocks(({ receipts }) =>
    Effect.sync(
      () =>
        void order.push(
          ...receipts.map(({ from }) => (from === addressFromName("victim") ? "victim" : "rival")),
        ),
    ),
  )
  agent("victim", bench.write.store([1n, 5n, ""]))
  agent(
    "rival",
    Effect.andThen(Effect.sleep("1 second"), bench.write.store([1n, 6n, ""], { priorityFeeWeiPerGas: 3n })),
  )
  await kernel.run()
  return { order, gas: system.gasOf(addressFromName("rival")), total: system.gasTotal() }
}

describe("the mempool", () => {
  test("shows a transaction to others once the network has carried it", async () => {
    const { kernel, agent, address } = await chainOnKernel({ latencyMicros: () => 2_000_000 })
    const seen: (readonly PendingTransaction[])[] = []
    agent(
      "victim",
      Effect.gen(function* () {
        yield* (yield* Chain).submit({
          from: addressFromName("victim"),
          to: address,
          data: storeData(1n, 5n),
        })
      }),
    )
    agent(
      "watcher",
      Effect.gen(function* () {
        const chain = yield* Chain
        for (const at of ["1 second", "1 second", "10 seconds"] as const) {
          yield* Effect.sleep(at)
          seen.push(yield* chain.pending)
        }
      }),
    )
    await kernel.run()
    expect(seen.map((pending) => pending.length)).toEqual([0, 1, 0])
    expect(seen[1]?.[0]).toMatchObject({
      from: addressFromName("victim"),
      data: storeData(1n, 5n),
      sequence: 0,
    })
  })

  test("lets a front-runner in before its victim, for a fee", async () => {
    const byFee = await raceForABlock()
    expect(byFee.order).toEqual(["rival", "victim"])
    expect(byFee.gas.priorityFeesWei).toBe(3n * byFee.gas.gasUsed)
    expect(byFee.total.priorityFeesWei).toBe(byFee.gas.priorityFeesWei)
    expect(byFee.total.transactions).toBe(2)
    expect((await raceForABlock(firstComeFirstServed)).order).toEqual(["victim", "rival"])
  })

  test("refuses what no block could hold, and what is too much", async () => {
    const { kernel, agent, address } = await chainOnKernel({ limits: { maxPending: 2, maxTransactions: 3 } })
    const exits: Exit.Exit<unknown, unknown>[] = []
    const from = addressFromName("a")
    agent(
      "a",
      Effect.gen(function* () {
        const chain = yield* Chain
        const good = { from, to: address, data: storeData(1n, 1n) }
        const bad = [
          { ...good, gasLimit: 21_000n },
          { ...good, gasLimit: 31_000_000n },
          { ...good, data: "0x123" },
          { ...good, to: "0x12" },
          { ...good, priorityFeeWeiPerGas: -1n },
        ] as (typeof good)[]
        for (const request of [...bad, good, good, good])
          exits.push(yield* Effect.exit(chain.submit(request)))
        yield* chain.nextBlock
        for (const request of [good, good]) exits.push(yield* Effect.exit(chain.submit(request)))
      }),
    )
    await kernel.run()
    const errors = exits.map((exit) => (Exit.isFailure(exit) ? Cause.squash(exit.cause) : "accepted"))
    for (const error of errors.slice(0, 5)) expect(error).toBeInstanceOf(TransactionRefused)
    expect(errors.slice(5, 7)).toEqual(["accepted", "accepted"])
    expect(errors[7]).toBeInstanceOf(MempoolFull)
    expect(errors[8]).toBe("accepted")
    expect(String(errors[9])).toMatch(/the run has had 3 transactions/)
  })
})

const valuesStoredBy =
  (bench: Contract<typeof abi>) => (range: { readonly fromBlock?: bigint; readonly toBlock?: bigint }) =>
    Effect.map(bench.events.Stored.past(range), (found) => found.map(({ args }) => args.value))

describe("logs", () => {
  test("reach subscribers in order, of the event they asked for", async () => {
    const { kernel, agent, address } = await chainOnKernel()
    const bench = bindContract(abi, address)
    const values: bigint[] = []
    agent(
      "listener",
      Effect.scoped(
        Effect.gen(function* () {
          const stored = yield* bench.events.Stored.subscribe
          for (;;) values.push((yield* stored.take).args.value)
        }),
      ),
    )
    agent(
      "writer",
      Effect.forEach([3n, 1n, 2n], (value) => bench.write.store([0n, value, ""]), {
        concurrency: "unbounded",
      }),
    )
    await kernel.run()
    expect(values).toEqual([3n, 1n, 2n])
  })

  test("can be looked up by block range", async () => {
    const { kernel, agent, address } = await chainOnKernel()
    const bench = bindContract(abi, address)
    agent(
      "a",
      Effect.gen(function* () {
        for (const value of [1n, 2n, 3n, 4n]) yield* bench.write.store([0n, value, "x"])
        const valuesOf = valuesStoredBy(bench)
        expect(yield* valuesOf({})).toEqual([1n, 2n, 3n, 4n])
        expect(yield* valuesOf({ fromBlock: 2n, toBlock: 3n })).toEqual([2n, 3n])
        expect(yield* valuesOf({ fromBlock: 9n })).toEqual([])
        const all = yield* (yield* Chain).getLogs({ address })
        expect(all.length).toBe(8)
        expect(all.map(({ logIndex }) => logIndex)).toEqual([0, 1, 0, 1, 0, 1, 0, 1])
      }),
    )
    await kernel.run()
  })

  test("a subscriber that takes none finds an overflow, and blocks go on", async () => {
    const { kernel, agent, address } = await chainOnKernel({ limits: { logQueueCapacity: 3 } })
    const bench = bindContract(abi, address)
    let exit: Exit.Exit<unknown, unknown> | undefined
    agent(
      "sleeper",
      Effect.scoped(
        Effect.gen(function* () {
          const { queue } = yield* bench.events.Stored.subscribe
          yield* Effect.sleep("100 seconds")
          exit = yield* Effect.exit(Effect.forever(Queue.take(queue)))
        }),
      ),
    )
    const receipts: Receipt[] = []
    agent(
      "writer",
      Effect.forEach([1n, 2n, 3n, 4n, 5n], (n) =>
        Effect.map(bench.write.store([n, n, ""]), (receipt) => void receipts.push(receipt)),
      ),
    )
    await kernel.run()
    expect(receipts.length).toBe(5)
    expect(String(exit)).toMatch(/SubscriptionOverflow/)
  })

  test("more logs than the run allows end it", async () => {
    const { kernel, agent, address } = await chainOnKernel({ limits: { maxLogs: 3 } })
    const bench = bindContract(abi, address)
    agent(
      "writer",
      Effect.forEach([1n, 2n], (n) => bench.write.store([n, n, ""])),
    )
    await expect(kernel.run()).rejects.toThrow(/holds 3 logs, its limit/)
  })
})

const digestOf = async (seed: string, value: bigint) => {
  const { kernel, agent, address } = await chainOnKernel({ seed, latencyMicros: () => 1 })
  const bench = bindContract(abi, address)
  agent("a", bench.write.store([1n, value, ""]))
  agent("b", bench.write.churn([5n, 3n]))
  await kernel.run()
  const ofChain = ["transaction", "block", "receipt", "log"]
  const kinds = kernel.trace.events.map(({ kind }) => kind).filter((kind) => ofChain.includes(kind))
  return { digest: kernel.trace.digest(), kinds }
}

describe("the trace", () => {
  test("holds every transaction, block, receipt and log", async () => {
    const { kinds } = await digestOf("1", 1n)
    expect(kinds).toEqual(["transaction", "transaction", "block", "receipt", "log", "log", "receipt"])
  })

  test("is the same for the same seed, and another when a byte of a transaction or the seed differs", async () => {
    const { digest } = await digestOf("1", 1n)
    expect((await digestOf("1", 1n)).digest).toBe(digest)
    expect((await digestOf("1", 2n)).digest).not.toBe(digest)
    expect((await digestOf("2", 1n)).digest).not.toBe(digest)
  })
})

import * as fc from "fast-check"
import { type Hex, encodeDeployData, encodeFunctionData } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import type { CompiledContract } from "../../chain/compile/artifact.ts"
import {
  type Address,
  type Engine,
  type Execution,
  InvalidMessage,
  type Message,
  type Snapshot,
} from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createStockEngine } from "../../chain/engine/ethereumjs/createStockEngine.ts"
import { createWasmEngine } from "../../chain/engine/wasm/createWasmEngine.ts"
import { account, blockAt, compileWorkbench } from "./workbench.ts"

let workbench: CompiledContract
beforeAll(async () => {
  workbench = await compileWorkbench()
})

const candidates = [
  { name: "the tuned engine", create: createEthereumJsEngine },
  { name: "the WebAssembly core", create: createWasmEngine },
] as const

/** A candidate and stock EthereumJS on the same genesis: funded senders and a workbench each. */
const createPair = async (create: () => Promise<Engine>) => {
  const engines = [await create(), await createStockEngine()] as const
  let address: Address = account(0)
  for (const engine of engines) {
    for (let index = 0; index < 4; index++) await engine.setBalance(account(index), 10n ** 18n)
    const data = encodeDeployData({ abi: workbench.abi, bytecode: workbench.bytecode })
    const deployed = await engine.transact(messageTo(null, data, 10_000_000n), blockAt(1n))
    address = deployed.createdAddress as Address
  }
  return { engines, address }
}

const messageTo = (
  to: Address | null,
  data: Hex,
  gasLimit = 3_000_000n,
  value = 0n,
  sender = 0,
): Message => ({
  from: account(sender),
  to,
  data,
  value,
  gasLimit,
})

/** What an engine makes of a message, refusals included; `reason` may be worded differently. */
const outcomeOf = async (engine: Engine, message: Message, block: bigint): Promise<unknown> => {
  try {
    const { reason: _reason, ...execution } = await engine.transact(message, blockAt(block))
    return execution
  } catch (error) {
    if (error instanceof InvalidMessage) return "refused"
    throw error
  }
}

const word = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const signedWord = fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n })
const small = fc.bigInt({ min: 0n, max: 40n })
const hex = fc.uint8Array({ maxLength: 70 }).map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`)
const person = fc.nat(5).map(account)

const calls = fc.oneof(
  fc.tuple(fc.constant("store"), fc.tuple(small, fc.oneof(small, word), fc.string({ maxLength: 50 }))),
  fc.tuple(fc.constant("churn"), fc.tuple(small, word)),
  fc.tuple(
    fc.constant("arithmetic"),
    fc.tuple(signedWord, fc.oneof(signedWord, fc.constant(0n)), fc.oneof(small, word)),
  ),
  fc.tuple(
    fc.constant("spawn"),
    fc.tuple(
      small.map((n): Hex => `0x${n.toString(16).padStart(64, "0")}`),
      small,
    ),
  ),
  fc.tuple(fc.constant("nest"), fc.tuple(fc.bigInt(0n, 9n), fc.bigInt(0n, 12n))),
  fc.tuple(fc.constant("spawnAndDestroy"), fc.tuple(person)),
  fc.tuple(fc.constant("destroy"), fc.tuple(person)),
  fc.tuple(fc.constant("limited"), fc.tuple(fc.bigInt(90n, 110n))),
  fc.tuple(fc.constant("burnGas"), fc.constant([])),
  fc.tuple(fc.constant("whereAmI"), fc.constant([])),
  fc.tuple(fc.constant("echo"), fc.tuple(fc.array(word, { maxLength: 9 }), hex)),
)

const callTo = (address: Address) =>
  fc
    .record({
      call: calls,
      gasLimit: fc.oneof({ weight: 3, arbitrary: fc.constant(3_000_000n) }, fc.bigInt(20_000n, 400_000n)),
      value: fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, fc.bigInt(0n, 1000n)),
      sender: fc.nat(3),
    })
    .map(({ call: [functionName, args], gasLimit, value, sender }) =>
      messageTo(
        address,
        encodeFunctionData({ abi: workbench.abi, functionName, args: [...args] }),
        gasLimit,
        value,
        sender,
      ),
    )

const rawMessage = fc
  .record({
    to: fc.oneof(fc.constant(null), person),
    data: hex,
    gasLimit: fc.bigInt(20_000n, 200_000n),
    value: fc.oneof(fc.constant(0n), fc.bigInt(0n, 2n * 10n ** 18n)),
    sender: fc.nat(4),
  })
  .map(({ to, data, gasLimit, value, sender }) => messageTo(to, data, gasLimit, value, sender))

describe.each(candidates)("$name agrees with runTx", ({ create }) => {
  test("on status, gas, return data, logs and state root of generated transactions", async () => {
    const { engines, address } = await createPair(create)
    const [candidate, stock] = engines
    let block = 2n
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 4, arbitrary: callTo(address) }, rawMessage), {
          minLength: 1,
          maxLength: 12,
        }),
        async (messages) => {
          block++
          for (const message of messages) {
            expect(await outcomeOf(candidate, message, block)).toEqual(await outcomeOf(stock, message, block))
          }
          expect(await candidate.stateRoot()).toBe(await stock.stateRoot())
        },
      ),
      { numRuns: 40, seed: 20_261_121 },
    )
  })

  test("on random bytecode, run as init code", async () => {
    const { engines } = await createPair(create)
    const [candidate, stock] = engines
    const bytecode = fc
      .array(
        fc.oneof(
          { weight: 5, arbitrary: fc.nat(0xff) },
          fc.constantFrom(0x60, 0x5f, 0x80, 0x90, 0x52, 0x51, 0x55, 0x54, 0x20, 0x37, 0x3e, 0x5b),
        ),
        { maxLength: 60 },
      )
      .map((bytes): Hex => `0x600760055f5f60203560${Buffer.from(bytes).toString("hex")}`)
    await fc.assert(
      fc.asyncProperty(bytecode, fc.bigInt(60_000n, 120_000n), async (data, gasLimit) => {
        const message = messageTo(null, data, gasLimit)
        expect(await outcomeOf(candidate, message, 3n)).toEqual(await outcomeOf(stock, message, 3n))
      }),
      { numRuns: 400, seed: 7 },
    )
    expect(await candidate.stateRoot()).toBe(await stock.stateRoot())
  })

  test("at every gas limit around the sentry of a store", async () => {
    const { engines } = await createPair(create)
    const [candidate, stock] = engines
    const storeNothing = "0x5f5f55"
    // Creation, one word of init code, three bytes that are not zero, two PUSH0.
    const beforeTheStore = 53_000n + 2n + 3n * 16n + 2n * 2n
    for (let left = 2_290n; left <= 2_310n; left++) {
      const message = messageTo(null, storeNothing, beforeTheStore + left)
      expect(await outcomeOf(candidate, message, 3n)).toEqual(await outcomeOf(stock, message, 3n))
    }
  })

  test("on which addresses are warm from the start: sender, coinbase, precompiles, and nobody else", async () => {
    const { engines } = await createPair(create)
    const [candidate, stock] = engines
    const addresses = [account(0), blockAt(3n).coinbase, account(3), account(9), `0x${"0".repeat(39)}1`]
    for (const address of addresses) {
      const message = messageTo(null, `0x73${address.slice(2)}31`)
      expect(await outcomeOf(candidate, message, 3n)).toEqual(await outcomeOf(stock, message, 3n))
    }
  })

  test("with so much gas that EthereumJS's own loop takes over", async () => {
    const { engines, address } = await createPair(create)
    const data = encodeFunctionData({ abi: workbench.abi, functionName: "churn", args: [9n, 5n] })
    const results: Execution[] = []
    for (const engine of engines)
      results.push(await engine.transact(messageTo(address, data, 2n ** 50n), blockAt(2n)))
    expect(results[0]).toEqual(results[1])
    expect(results[0]?.status).toBe("success")
  })
})

const write = (slot: bigint, value: bigint) =>
  encodeFunctionData({ abi: workbench.abi, functionName: "store", args: [slot, value, "note"] })

describe.each(candidates)("$name", ({ create }) => {
  test("leaves no trace of a view, and quotes the gas that the transaction then takes", async () => {
    const { engines, address } = await createPair(create)
    const [candidate] = engines
    const before = await candidate.stateRoot()
    const view = await candidate.view(messageTo(address, write(1n, 2n)), blockAt(2n))
    expect(await candidate.stateRoot()).toBe(before)
    expect(await candidate.nonceOf(account(0))).toBe(1n)
    expect(await candidate.transact(messageTo(address, write(1n, 2n)), blockAt(2n))).toEqual(view)
    expect(await candidate.stateRoot()).not.toBe(before)
  })

  test("restores snapshots, the newer ones first or all at once", async () => {
    const { engines, address } = await createPair(create)
    const [candidate] = engines
    const roots: Hex[] = []
    const snapshots: Snapshot[] = []
    for (let step = 0n; step < 4n; step++) {
      roots.push(await candidate.stateRoot())
      snapshots.push(candidate.snapshot())
      await candidate.transact(messageTo(address, write(step, step + 1n)), blockAt(2n))
    }
    candidate.restore(snapshots[3]!)
    expect(await candidate.stateRoot()).toBe(roots[3])
    candidate.restore(snapshots[1]!)
    expect(await candidate.stateRoot()).toBe(roots[1])
    expect(() => candidate.restore(snapshots[3]!)).toThrow(/history was forgotten/)
    candidate.restore(snapshots[0]!)
    candidate.forgetHistory()
    expect(() => candidate.restore(snapshots[0]!)).toThrow(/history was forgotten/)
  })

  test("names the kind of a halt", async () => {
    const { engines, address } = await createPair(create)
    const [candidate] = engines
    const burn = encodeFunctionData({ abi: workbench.abi, functionName: "burnGas" })
    const halted = await candidate.transact(messageTo(address, burn, 100_000n), blockAt(2n))
    expect(halted).toMatchObject({ status: "halted", reason: "invalid opcode", gasUsed: 100_000n, logs: [] })
    const starved = await candidate.transact(messageTo(address, write(30n, 1n), 40_000n), blockAt(2n))
    expect(starved).toMatchObject({ status: "halted", reason: "out of gas", gasUsed: 40_000n })
  })

  test("says which message no block could hold", async () => {
    const { engines, address } = await createPair(create)
    const [candidate] = engines
    const refusal = async (message: Message) => candidate.transact(message, blockAt(2n))
    await expect(refusal(messageTo(address, "0x", 20_999n))).rejects.toThrow(/below the intrinsic cost 21000/)
    await expect(refusal(messageTo(address, "0x", 30_000n, 10n ** 19n))).rejects.toThrow(/cannot send/)
    await expect(refusal({ ...messageTo(null, "0x"), from: address })).rejects.toThrow(/EIP-3607/)
    await expect(refusal(messageTo(null, `0x${"00".repeat(49_153)}`, 9_000_000n))).rejects.toThrow(
      /Init code/,
    )
    await expect(refusal(messageTo(address, "0x123" as Hex))).rejects.toThrow(/pairs of hex digits/)
  })
})

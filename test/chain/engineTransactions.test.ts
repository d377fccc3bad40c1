/** What every engine makes of fees, nonces, access lists, and of messages that no block could contain. */
import { describe, expect, test } from "vitest"
import {
  type BlockEnvironment,
  type Engine,
  type Hex,
  InvalidMessage,
  type Message,
  NotSupported,
} from "../../chain/engine/engine.ts"
import { everyEngine } from "./everyEngine.ts"
import { account, blockAt } from "./workbench.ts"

const rich = 10n ** 18n
const sender = account(1)
const contract = account(2)
/** PUSH0, SLOAD, PUSH0, SSTORE: reads a slot that is cold unless it is listed. */
const readsASlot: Hex = "0x5f545f55"

const block: BlockEnvironment = { ...blockAt(1n), baseFeePerGas: 7n }
const fees = { maxFeePerGas: 10n, maxPriorityFeePerGas: 2n }
const message: Message = { from: sender, to: contract, data: "0x", value: 0n, gasLimit: 100_000n, fees }

const slot = (value: number): Hex => `0x${value.toString(16).padStart(64, "0")}`

/** History is kept, so that what is undone by mistake can be. */
const funded = async (create: () => Promise<Engine>): Promise<Engine> => {
  const engine = await create()
  engine.snapshot()
  await engine.putAccount({ address: sender, nonce: 3n, balance: rich, code: "0x", storage: [] })
  await engine.putAccount({ address: contract, nonce: 1n, balance: 0n, code: readsASlot, storage: [] })
  return engine
}

describe.each(everyEngine)("$name", ({ create }) => {
  test("the sender pays for what was used, the coinbase gets the priority part, the rest is burnt", async () => {
    const engine = await funded(create)
    const { gasUsed } = await engine.transact(message, block)
    expect(await engine.balanceOf(sender)).toBe(rich - gasUsed * 9n)
    expect(await engine.balanceOf(block.coinbase)).toBe(gasUsed * 2n)
    expect(await engine.nonceOf(sender)).toBe(4n)
  })

  test("the priority fee is cut where the fee would be exceeded", async () => {
    const engine = await funded(create)
    const tight = { maxFeePerGas: 8n, maxPriorityFeePerGas: 8n }
    const { gasUsed } = await engine.transact({ ...message, fees: tight }, block)
    expect(await engine.balanceOf(sender)).toBe(rich - gasUsed * 8n)
    expect(await engine.balanceOf(block.coinbase)).toBe(gasUsed)
  })

  test("a listed slot is paid in advance and is warm", async () => {
    const engine = await funded(create)
    const plain = await engine.view(message, block)
    const listed = { ...message, accessList: [{ address: contract, storageKeys: [slot(0)] }] }
    const { gasUsed } = await engine.view(listed, block)
    expect(gasUsed - plain.gasUsed).toBe(2_400n + 1_900n - 2_000n)
    const elsewhere = { ...message, accessList: [{ address: account(9), storageKeys: [slot(1), slot(2)] }] }
    expect((await engine.view(elsewhere, block)).gasUsed - plain.gasUsed).toBe(2_400n + 2n * 1_900n)
  })

  test("GASPRICE, BASEFEE and BLOBBASEFEE are the transaction's and the block's", async () => {
    const engine = await funded(create)
    const seen = { ...block, blobBaseFee: 5n }
    // Each: the opcode, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN, as a contract's code.
    const answerOf = async (opcode: string) => {
      await engine.putAccount({
        address: contract,
        nonce: 1n,
        balance: 0n,
        code: `0x${opcode}5f5260205ff3`,
        storage: [],
      })
      return BigInt((await engine.view(message, seen)).returnData)
    }
    expect([await answerOf("3a"), await answerOf("48"), await answerOf("4a")]).toEqual([9n, 7n, 5n])
  })

  const free: Message = { from: sender, to: contract, data: "0x", value: 0n, gasLimit: 100_000n }
  const invalid: readonly (readonly [string, Message, BlockEnvironment])[] = [
    ["another nonce", { ...message, nonce: 2n }, block],
    ["another nonce, without fees", { ...free, nonce: 4n }, blockAt(1n)],
    ["no fees where there is a base fee", free, block],
    ["fees below the base fee", { ...message, fees: { maxFeePerGas: 6n, maxPriorityFeePerGas: 0n } }, block],
    [
      "a priority fee above the fee",
      { ...message, fees: { maxFeePerGas: 10n, maxPriorityFeePerGas: 11n } },
      block,
    ],
    ["a negative value", { ...message, value: -1n }, block],
    ["value and dearest fee above the balance", { ...message, value: rich - 100_000n * 10n + 1n }, block],
    [
      "a sender with code",
      { ...message, from: contract, fees: undefined } as unknown as Message,
      blockAt(1n),
    ],
    ["gas below the intrinsic cost", { ...message, gasLimit: 20_999n }, block],
    [
      "gas below the intrinsic cost with an access list",
      { ...message, gasLimit: 23_399n, accessList: [{ address: contract, storageKeys: [] }] },
      block,
    ],
    [
      "gas below the intrinsic cost of a creation",
      { ...message, to: null, data: "0x00", gasLimit: 53_005n },
      block,
    ],
    [
      "too large an init code",
      { ...message, to: null, data: `0x${"00".repeat(49_153)}`, gasLimit: 900_000n },
      block,
    ],
    ["more gas than there can be", { ...free, gasLimit: 2n ** 64n }, blockAt(1n)],
    ["data that is no data", { ...free, data: "0x123" }, blockAt(1n)],
    ["more value than there can be", { ...free, value: 2n ** 256n }, blockAt(1n)],
  ]

  test.each(invalid)("refuses %s, and nothing was changed", async (_what, wrong, environment) => {
    const engine = await funded(create)
    const before = await engine.accounts()
    const attempt = async () => engine.transact(wrong, environment)
    await expect(attempt()).rejects.toBeInstanceOf(InvalidMessage)
    expect(await engine.accounts()).toEqual(before)
    expect((await engine.transact(message, block)).status).toBe("success")
  })

  test("takes the dearest fee and the value to the last wei", async () => {
    const engine = await funded(create)
    const all = { ...message, to: account(5), value: rich - 100_000n * 10n }
    expect((await engine.transact(all, block)).status).toBe("success")
  })

  test("refuses the last nonce that fits, which could not grow", async () => {
    const engine = await funded(create)
    await engine.putAccount({
      address: sender,
      nonce: 2n ** 64n - 1n,
      balance: rich,
      code: "0x",
      storage: [],
    })
    const attempt = async () => engine.transact(message, block)
    await expect(attempt()).rejects.toBeInstanceOf(InvalidMessage)
  })

  test("says that blobs are not supported, however deep the call, and nothing was changed", async () => {
    const engine = await funded(create)
    // A store, then a CALL of the precompile with all gas, as a contract's code.
    const calls: Hex = "0x60015f555f5f5f5f5f600a5af1"
    await engine.putAccount({ address: contract, nonce: 1n, balance: 0n, code: calls, storage: [] })
    const before = await engine.accounts()
    const precompile = account(10 - 0x1000)
    const wrong: readonly Message[] = [
      message,
      { ...free, to: precompile },
      { ...message, to: account(7), blobVersionedHashes: [slot(1)] },
    ]
    for (const asks of wrong) {
      const environment = asks.fees === undefined ? blockAt(1n) : block
      const attempt = async () => engine.transact(asks, environment)
      const look = async () => engine.view(asks, environment)
      await expect(look()).rejects.toBeInstanceOf(NotSupported)
      await expect(attempt()).rejects.toBeInstanceOf(NotSupported)
      expect(await engine.accounts()).toEqual(before)
    }
    expect((await engine.transact({ ...message, to: account(7) }, block)).status).toBe("success")
  })
})

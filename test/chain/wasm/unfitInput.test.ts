/** What can't be put into the core says so before anything is written. */
import { beforeEach, describe, expect, test } from "vitest"
import { type Hex, InvalidMessage, type Message } from "../../../chain/engine/engine.ts"
import { type WasmEngine, createWasmEngine } from "../../../chain/engine/wasm/createWasmEngine.ts"
import { account, blockAt } from "../workbench.ts"

const contract = account(7)
const valid: Message = { from: account(0), to: contract, data: "0x", value: 0n, gasLimit: 100_000n }
const bad = "0x12" as Hex
const listed = (key: Hex): Message => ({ ...valid, accessList: [{ address: contract, storageKeys: [key] }] })

let engine: WasmEngine
beforeEach(async () => {
  engine = await createWasmEngine()
})

const put = (code: Hex): void =>
  void engine.putAccount({ address: contract, nonce: 1n, balance: 0n, code, storage: [] })

describe("what is no address, word or code is refused before anything is written", () => {
  test.each([
    ["a short sender", { ...valid, from: bad }],
    ["a target that is no hex", { ...valid, to: `0x${"zz".repeat(20)}` }],
    ["a short key", listed(bad)],
    ["a nonce of more than 64 bits", { ...valid, nonce: 2n ** 64n }],
    ["a negative nonce", { ...valid, nonce: -1n }],
  ] as const)("%s", (_what, message) => {
    const before = engine.accounts()
    expect(() => engine.transact(message as Message, blockAt(1n))).toThrow(InvalidMessage)
    expect(engine.accounts()).toEqual(before)
  })

  test.each([
    ["a short prevRandao", { prevRandao: bad }],
    ["a coinbase that is none", { coinbase: bad }],
    ["a time beyond a word", { timestampSeconds: 2n ** 256n }],
    ["a negative base fee", { baseFeePerGas: -1n }],
  ] as const)("%s", (_what, change) => {
    expect(() => engine.transact(valid, { ...blockAt(1n), ...change })).toThrow(InvalidMessage)
    expect(engine.transact(valid, blockAt(1n)).status).toBe("success")
  })

  test("a balance beyond a word, and code that is no hex", () => {
    expect(() => engine.setBalance(contract, 2n ** 256n)).toThrow(InvalidMessage)
    expect(() => put("0x5")).toThrow(InvalidMessage)
    expect(() => put("0xzz")).toThrow(InvalidMessage)
  })
})

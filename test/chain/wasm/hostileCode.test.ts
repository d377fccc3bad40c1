/** Whatever bytecode does, the call ends, and the world is as if it had not been or as the rules say. */
import { beforeEach, describe, expect, test } from "vitest"
import type { Hex, Message } from "../../../chain/engine/engine.ts"
import {
  EngineTrapped,
  type WasmEngine,
  createWasmEngine,
} from "../../../chain/engine/wasm/createWasmEngine.ts"
import { account, blockAt } from "../workbench.ts"

const contract = account(7)
const blockGas = 30_000_000n

const put = (engine: WasmEngine, code: Hex): void =>
  void engine.putAccount({ address: contract, nonce: 1n, balance: 0n, code, storage: [] })

const callWith = (gasLimit: bigint, data: Hex = "0x"): Message => {
  return { from: account(0), to: contract, data, value: 0n, gasLimit }
}

const call = (engine: WasmEngine, gasLimit: bigint, data?: Hex) =>
  engine.transact(callWith(gasLimit, data), blockAt(1n))

const at = (offset: bigint): Hex => `0x${offset.toString(16).padStart(64, "0")}`

let engine: WasmEngine
beforeEach(async () => {
  engine = await createWasmEngine()
})

describe("gas bounds", () => {
  test.each([
    ["an endless loop", "0x5b5f56"],
    ["an endless loop of the dearest hashing", "0x5b61ffff5f20505f56"],
    ["a contract that calls itself with all its gas", "0x5f5f5f5f5f305af1"],
    ["a contract that creates copies of itself in its init code", "0x385f5f39385f5ff0"],
    ["memory that grows in every turn", "0x5b59595259595256"],
  ] as const)("%s", (_name, code) => {
    put(engine, code)
    const { gasUsed } = call(engine, blockGas)
    expect(gasUsed).toBeLessThanOrEqual(blockGas)
    expect(engine.view(callWith(100_000n), blockAt(1n)).gasUsed).toBeLessThanOrEqual(100_000n)
  })
})

test("calls nest 1,024 deep and no deeper, which is not the host's limit", () => {
  // Counts up in the call's data, calls itself with it, and returns the largest count that came back.
  const code: Hex = "0x5f356001015f5260205f60205f5f305af15060205ff3"
  put(engine, code)
  const { status, returnData } = call(engine, 2n ** 62n)
  expect(status).toBe("success")
  expect(BigInt(returnData)).toBe(1025n)
})

describe("memory", () => {
  // Writes to the memory's byte that the call's data name.
  const touch: Hex = "0x60015f3553"

  test("a far byte is out of gas with any gas that a block has", () => {
    put(engine, touch)
    for (const offset of [2n ** 24n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 64n - 1n, 2n ** 255n])
      expect(call(engine, blockGas, at(offset))).toMatchObject({ status: "halted", reason: "out of gas" })
  })

  test("with gas beyond all blocks, a frame ends at 128 MiB, and the engine goes on", () => {
    put(engine, touch)
    const gas = 2n ** 50n
    expect(call(engine, gas, at(2n ** 27n - 1n))).toMatchObject({ status: "success" })
    expect(call(engine, gas, at(2n ** 27n))).toMatchObject({ status: "halted", reason: "out of memory" })
    expect(call(engine, blockGas, at(31n))).toMatchObject({ status: "success" })
  })

  test("a world that is full refuses the call, and is as it was", async () => {
    const small = await createWasmEngine({ maxMemoryBytes: 8 * 2 ** 20 })
    // Stores 1 in slot 0, then touches a far byte.
    put(small, `0x60015f55${touch.slice(2)}`)
    const before = small.accounts()
    const snapshot = small.snapshot()
    expect(() => call(small, 2n ** 40n, at(16n * 2n ** 20n))).toThrow(EngineTrapped)
    expect(small.accounts()).toEqual(before)
    expect(call(small, blockGas, at(31n))).toMatchObject({ status: "success" })
    small.restore(snapshot)
    expect(small.accounts()).toEqual(before)
  })
})

describe("what a world keeps", () => {
  const slotWriter: Hex = "0x6020355f3555"
  const words = (slot: number, value: number): Hex =>
    `0x${[slot, value].map((word) => word.toString(16).padStart(64, "0")).join("")}`

  test("views and restored snapshots leave no memory behind", () => {
    put(engine, slotWriter)
    call(engine, blockGas, words(0, 1))
    const snapshot = engine.snapshot()
    const used = engine.bytesInUse()
    for (let slot = 1; slot < 3_000; slot++) {
      engine.view(callWith(blockGas, words(slot, 1)), blockAt(1n))
      call(engine, blockGas, words(slot, 1))
      engine.restore(snapshot)
    }
    expect(engine.bytesInUse()).toBe(used)
  })

  test("slots that are zero again are cleared away in the end", () => {
    put(engine, slotWriter)
    const sizes: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      for (let slot = 0; slot < 40_000; slot++) {
        const key = turn * 40_000 + slot
        call(engine, blockGas, words(key, 1))
        call(engine, blockGas, words(key, 0))
      }
      sizes.push(engine.bytesInUse())
    }
    expect(sizes[2]).toBe(sizes[1])
    expect(engine.accounts().find(({ address }) => address === contract)?.storage).toEqual([])
  })

  test("accounts that somebody asked for, and that do not exist, are cleared away in the end", () => {
    // Asks for the balances of the 4,096 addresses from the one in the call's data on.
    const visitor: Hex = "0x5f35611000015f355b803150600101818110600857"
    put(engine, visitor)
    const sizes: number[] = []
    for (let turn = 0; turn < 60; turn++) {
      const { status } = call(engine, blockGas, at(10n ** 30n + 4096n * BigInt(turn)))
      expect(status).toBe("success")
      sizes.push(engine.bytesInUse())
    }
    // By then they were cleared away twice.
    expect(sizes.at(-1)).toBe(sizes[40])
    expect(engine.accounts().map(({ address }) => address)).toEqual([account(0), contract])
  })

  /** Init code that returns so many JUMPDESTs, of which no two numbers give the same. */
  const deploys = (size: number): Hex =>
    `0x61${size.toString(16).padStart(4, "0")}80600a5f395ff3${"5b".repeat(size)}`

  test("code that a view deploys is gone with it", () => {
    const deploy = (size: number) =>
      engine.view({ ...callWith(blockGas), to: null, data: deploys(size) }, blockAt(1n))
    expect(deploy(8_000).status).toBe("success")
    const used = engine.bytesInUse()
    for (let size = 8_000; size > 7_900; size--) deploy(size)
    expect(engine.bytesInUse()).toBe(used)
  })

  test("code and slots of contracts that were undone or destroyed are cleared away in the end", () => {
    // Creates what the call's data say, then reverts.
    put(engine, "0x365f5f37365f5ff05f5ffd")
    // Init code that writes slots 1 to 100 and destroys itself.
    const shortLived: Hex = "0x60645b80805560019003806002575fff"
    const sizes: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      for (let step = 0; step < 800; step++) {
        call(engine, blockGas, deploys(100 + turn * 800 + step))
        engine.transact({ ...callWith(blockGas), to: null, data: shortLived }, blockAt(1n))
      }
      sizes.push(engine.bytesInUse())
    }
    // Without clearing up, a turn takes some 30 MB.
    expect(sizes[2]).toBeLessThan((sizes[1] as number) + 1_000_000)
    expect(engine.accounts().map(({ address }) => address)).toEqual([account(0), contract])
  })
})

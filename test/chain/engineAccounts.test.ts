/** Every engine lists its accounts, takes accounts, and forks; and roots follow from accounts alone. */
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { AccountState, Engine, Hex, Message } from "../../chain/engine/engine.ts"
import { stateRootOf } from "../../chain/engine/stateRoot.ts"
import { everyEngine } from "./everyEngine.ts"
import { account, blockAt } from "./workbench.ts"

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, "0")}`
const amount = fc.oneof(fc.constant(0n), fc.bigInt(1n, 2n ** 62n))
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })

const storage = fc
  .uniqueArray(fc.tuple(fc.bigInt(0n, 2n ** 256n - 1n), fc.bigInt(1n, 2n ** 256n - 1n)), {
    selector: ([slot]) => slot,
    maxLength: 5,
  })
  .map((slots) => slots.map(([slot, value]) => [word(slot), word(value)] as const).sort())

const states: fc.Arbitrary<readonly AccountState[]> = fc
  .uniqueArray(
    fc.record({
      address: fc.nat(40).map(account),
      nonce: amount,
      balance: amount,
      code: fc.option(bytes).map((code): Hex => `0x${Buffer.from(code ?? []).toString("hex")}`),
      storage,
    }),
    { selector: ({ address }) => address, maxLength: 8 },
  )
  .map((accounts) => accounts.sort((a, b) => (a.address < b.address ? -1 : 1)))

const filled = async (create: () => Promise<Engine>, accounts: readonly AccountState[]): Promise<Engine> => {
  const engine = await create()
  for (const state of accounts.toReversed()) await engine.putAccount(state)
  return engine
}

/** Stores the first word of the calldata in the slot that the second names. */
const storer: AccountState = {
  address: account(90),
  nonce: 1n,
  balance: 0n,
  code: "0x5f3560203555",
  storage: [[word(1n), word(7n)]],
}
const storing = (value: bigint, slot: bigint): Message => {
  const data: Hex = `${word(value)}${word(slot).slice(2)}`
  return { from: account(91), to: storer.address, data, value: 0n, gasLimit: 100_000n }
}

describe.each(everyEngine)("$name", ({ create }) => {
  test("lists what was put, and its root is that of the list", async () => {
    await fc.assert(
      fc.asyncProperty(states, async (accounts) => {
        const engine = await filled(create, accounts)
        expect(await engine.accounts()).toEqual(accounts)
        expect(await engine.stateRoot()).toBe(await stateRootOf(accounts))
      }),
      { numRuns: 30 },
    )
  })

  test("an account that is put replaces all of what was there", async () => {
    const engine = await filled(create, [storer])
    const bare = { address: storer.address, nonce: 0n, balance: 5n, code: "0x", storage: [] } as const
    await engine.putAccount(bare)
    expect(await engine.accounts()).toEqual([bare])
    expect(await engine.storageAt(storer.address, word(1n))).toBe(word(0n))
    await engine.putAccount({ ...bare, storage: [[word(2n), word(3n)]] })
    expect(await engine.stateRoot()).toBe(await stateRootOf([{ ...bare, storage: [[word(2n), word(3n)]] }]))
  })

  test("lists what transactions left, cleared slots not among it", async () => {
    const engine = await filled(create, [storer])
    await engine.transact(storing(9n, 2n), blockAt(1n))
    await engine.transact(storing(0n, 1n), blockAt(1n))
    const sender = { address: account(91), nonce: 2n, balance: 0n, code: "0x", storage: [] }
    const accounts = [{ ...storer, storage: [[word(2n), word(9n)]] }, sender]
    expect(await engine.accounts()).toEqual(accounts)
  })

  test("a fork goes its own way, and so does what it was forked from", async () => {
    const engine = await filled(create, [storer])
    await engine.transact(storing(5n, 5n), blockAt(1n))
    const fork = await engine.fork()
    expect(await fork.accounts()).toEqual(await engine.accounts())
    const before = await engine.stateRoot()
    const inFork = await fork.transact(storing(6n, 5n), blockAt(2n))
    expect(await engine.stateRoot()).toBe(before)
    expect(await fork.storageAt(storer.address, word(5n))).toBe(word(6n))
    expect(await engine.transact(storing(6n, 5n), blockAt(2n))).toEqual(inFork)
    await engine.transact(storing(7n, 5n), blockAt(2n))
    expect(await fork.storageAt(storer.address, word(5n))).toBe(word(6n))
    const second = await fork.fork()
    await second.setBalance(account(92), 1n)
    expect(await fork.balanceOf(account(92))).toBe(0n)
  })

  test("a snapshot of the original is nothing to the fork", async () => {
    const engine = await filled(create, [storer])
    const snapshot = engine.snapshot()
    const fork = await engine.fork()
    expect(() => fork.restore(snapshot)).toThrow(/history/)
  })
})

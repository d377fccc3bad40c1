import { Account, createAddressFromString } from "@ethereumjs/util"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Snapshot } from "../../chain/engine/engine.ts"
import { FlatState } from "../../chain/engine/ethereumjs/flatState.ts"
import { wordToBytes } from "../../chain/engine/ethereumjs/words.ts"
import { account } from "./workbench.ts"

/** Everything that the state holds, as comparable data. */
const contentOf = (state: FlatState): unknown =>
  [...state.accounts]
    .map(([key, { nonce, balance, code, storage }]) => {
      const slots = [...storage].sort(([a], [b]) => (a < b ? -1 : 1))
      return { key, nonce, balance, code: [...code], slots }
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))

type Step =
  | { readonly kind: "put"; readonly who: number; readonly nonce: bigint; readonly balance: bigint }
  | { readonly kind: "store"; readonly who: number; readonly slot: bigint; readonly value: bigint }
  | { readonly kind: "code"; readonly who: number; readonly code: Uint8Array }
  | { readonly kind: "delete" | "clear"; readonly who: number }
  | { readonly kind: "checkpoint" | "commit" | "revert" }

const who = fc.nat(3)
const amount = fc.bigInt(0n, 3n)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("put"), who, nonce: amount, balance: amount }),
  fc.record({ kind: fc.constant("store"), who, slot: amount, value: amount }),
  fc.record({ kind: fc.constant("code"), who, code: fc.uint8Array({ maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom("delete", "clear"), who }),
  fc.record({ kind: fc.constantFrom("checkpoint", "commit", "revert") }),
)

const addressOf = (index: number) => createAddressFromString(account(index))

const change = async (state: FlatState, action: Step): Promise<void> => {
  if (action.kind === "put") {
    await state.modifyAccountFields(addressOf(action.who), { nonce: action.nonce, balance: action.balance })
  } else if (action.kind === "store") {
    await state.putStorage(addressOf(action.who), wordToBytes(action.slot), wordToBytes(action.value))
  } else if (action.kind === "code") await state.putCode(addressOf(action.who), action.code)
  else if (action.kind === "delete") await state.deleteAccount(addressOf(action.who))
  else if (action.kind === "clear") await state.clearStorage(addressOf(action.who))
}

describe("the flat state", () => {
  test("a revert gives back what the checkpoint saw, a commit keeps it, however deep", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const state = new FlatState()
        const seen: unknown[] = []
        const reverts: { before: unknown; after: unknown }[] = []
        for (const action of steps) {
          if (action.kind === "checkpoint") {
            seen.push(contentOf(state))
            await state.checkpoint()
          } else if (action.kind === "commit") {
            if (seen.pop() !== undefined) await state.commit()
          } else if (action.kind === "revert") {
            const before = seen.pop()
            if (before === undefined) continue
            await state.revert()
            reverts.push({ before, after: contentOf(state) })
          } else await change(state, action)
        }
        expect(reverts.map(({ after }) => after)).toEqual(reverts.map(({ before }) => before))
      }),
      { numRuns: 300 },
    )
  })

  test("a snapshot is restored across transactions, as often as one likes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 }), async (transactions) => {
        const state = new FlatState()
        const kept: { snapshot: Snapshot; content: unknown }[] = []
        for (const steps of transactions) {
          kept.push({ snapshot: state.snapshot(), content: contentOf(state) })
          for (const action of steps) await change(state, action)
          state.endTransaction()
        }
        for (const { snapshot, content } of kept.toReversed()) {
          state.restore(snapshot)
          expect(contentOf(state)).toEqual(content)
          await change(state, { kind: "store", who: 0, slot: 1n, value: 9n })
          state.restore(snapshot)
          expect(contentOf(state)).toEqual(content)
        }
      }),
      { numRuns: 100 },
    )
  })

  test("an account that was read is a copy: changing it changes nothing until it is put", async () => {
    const state = new FlatState()
    await state.putAccount(addressOf(1), new Account(1n, 5n))
    const read = (await state.getAccount(addressOf(1))) as Account
    read.balance = 9n
    expect((await state.getAccount(addressOf(1)))?.balance).toBe(5n)
  })

  test("remembers what a slot held when the transaction began", () => {
    const state = new FlatState()
    const key = account(1).slice(2)
    state.setSlot(key, 1n, 5n)
    state.endTransaction()
    state.setSlot(key, 1n, 6n)
    state.checkpointNow()
    state.setSlot(key, 1n, 7n)
    state.revertNow()
    expect([state.slot(key, 1n), state.originalSlot(key, 1n)]).toEqual([6n, 5n])
    state.endTransaction()
    expect(state.originalSlot(key, 1n)).toBe(6n)
  })

  test("a revert without a checkpoint is refused", () => {
    expect(() => new FlatState().revertNow()).toThrow(/without a checkpoint/)
  })
})

import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { feePriority } from "../../chain/ordering/feePriority.ts"
import { firstComeFirstServed } from "../../chain/ordering/firstComeFirstServed.ts"
import type { OrderingPolicy } from "../../chain/ordering/orderingPolicy.ts"
import { random } from "../../chain/ordering/random.ts"
import type { PendingTransaction } from "../../chain/transaction.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { account } from "./workbench.ts"

const pending = (sender: number, sequence: number, index: number, fee: number): PendingTransaction => ({
  from: account(sender),
  to: account(99),
  data: "0x",
  value: 0n,
  gasLimit: 100_000n,
  priorityFeeWeiPerGas: BigInt(fee),
  sequence,
  index,
  hash: `0x${index.toString(16).padStart(64, "0")}`,
  arrivalMicros: index,
})

/** Transactions of a few senders, in order of arrival. */
const mempool = fc.array(fc.tuple(fc.nat(4), fc.nat(5)), { maxLength: 30 }).map((drawn) => {
  const next = new Map<number, number>()
  return drawn.map(([sender, fee], index) => {
    const sequence = next.get(sender) ?? 0
    next.set(sender, sequence + 1)
    return pending(sender, sequence, index, fee)
  })
})

const order = (policy: OrderingPolicy, candidates: readonly PendingTransaction[], seed = "1") =>
  policy.order(candidates, { blockNumber: 1n, stream: deriveStream(seed, "chain/ordering") })

describe.each([firstComeFirstServed, feePriority, random])("$name", (policy) => {
  test("takes every candidate once, a sender's in their sequence", () => {
    fc.assert(
      fc.property(mempool, (candidates) => {
        const ordered = order(policy, candidates)
        expect([...ordered].sort((a, b) => a.index - b.index)).toEqual(candidates)
        const last = new Map<string, number>()
        for (const { from, sequence } of ordered) {
          expect(sequence).toBe((last.get(from) ?? -1) + 1)
          last.set(from, sequence)
        }
      }),
    )
  })
})

test("by fee: nothing that could come earlier pays more", () => {
  fc.assert(
    fc.property(mempool, (candidates) => {
      const ordered = order(feePriority, candidates)
      ordered.forEach((chosen, place) => {
        const rivals = ordered.slice(place + 1).filter(({ from, sequence }) => {
          return !ordered.slice(place).some((other) => other.from === from && other.sequence < sequence)
        })
        for (const rival of rivals) {
          const isBefore =
            chosen.priorityFeeWeiPerGas > rival.priorityFeeWeiPerGas ||
            (chosen.priorityFeeWeiPerGas === rival.priorityFeeWeiPerGas && chosen.index < rival.index)
          expect(isBefore).toBe(true)
        }
      })
    }),
  )
})

test("by fee: a high fee does not carry its sender's earlier, cheaper transactions along", () => {
  const cheap = pending(1, 0, 0, 0)
  const dear = pending(1, 1, 1, 9)
  const other = pending(2, 0, 2, 5)
  expect(order(feePriority, [cheap, dear, other])).toEqual([other, cheap, dear])
})

test("at random: every order of two senders comes up, and the same seed gives the same", () => {
  const candidates = [pending(1, 0, 0, 0), pending(2, 0, 1, 0)]
  const firsts = Array.from({ length: 40 }, (_, seed) => order(random, candidates, String(seed))[0]?.from)
  expect(new Set(firsts).size).toBe(2)
  expect(Array.from({ length: 40 }, (_, seed) => order(random, candidates, String(seed))[0]?.from)).toEqual(
    firsts,
  )
})

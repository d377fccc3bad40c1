/** The disputes contract holds the deposits of open disputes, no less and no more. */
import { Effect } from "effect"
import type { aggregationDisputesAbi } from "../../../chain/abi/aggregationDisputes.ts"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { ChainLog } from "../../../chain/transaction.ts"
import { logsOf } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

/** Keeps its own books, from events alone; the contract's total and its balance must both agree with them. */
export const disputesBacked = (
  token: Contract<typeof atnTokenAbi>,
  disputes: Contract<typeof aggregationDisputesAbi>,
): Invariant => {
  /** By project and round, of which at most one dispute is open. */
  const deposits = new Map<string, bigint>()

  /** Whether the log is about money of disputes. */
  const book = (log: ChainLog): boolean => {
    const opened = disputes.events.DisputeOpened.decode(log)
    if (opened !== undefined) deposits.set(`${opened.projectId}/${opened.round}`, opened.deposit)
    const closed = disputes.events.DisputeClosed.decode(log)
    if (closed !== undefined) deposits.delete(`${closed.projectId}/${closed.round}`)
    const paid = token.events.Transfer.decode(log)
    return (
      opened !== undefined ||
      closed !== undefined ||
      paid?.from === disputes.address ||
      paid?.to === disputes.address
    )
  }

  return {
    name: "disputes-backed",
    statement: "The disputes contract's ATN is the sum of the deposits of open disputes.",
    needs: ["AggregationDisputes.openDispute", "AggregationDisputes.totalDeposits"],
    check: Effect.fnUntraced(function* (block) {
      const touched = logsOf(block).filter(book)
      if (touched.length === 0) return undefined
      const sum = [...deposits.values()].reduce((total, wei) => total + wei, 0n)
      const total = yield* disputes.read.totalDeposits()
      if (total !== sum)
        return `the disputes contract counts ${total} wei of deposits, open ones sum to ${sum}`
      const held = yield* token.read.balanceOf([disputes.address])
      return held === sum ? undefined : `the disputes contract holds ${held} wei, open deposits sum to ${sum}`
    }),
  }
}

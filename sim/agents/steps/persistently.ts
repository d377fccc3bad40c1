import { Effect } from "effect"
import type { ContractReadError, TransactionReverted } from "../../../chain/errors.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import { expectRevert } from "./expectRevert.ts"
import { wouldSucceed } from "./wouldSucceed.ts"

/** Tries of one transaction: whoever keeps making it impossible has won. */
const MOST_TRIES = 3

/**
 * Sends a transaction, and again if it reverted for a reason that is gone: a stake that was too low for a block, an order
 * within a block. `rehearsal` is the same call without effect, which says whether it would succeed now. Gives back whether
 * it succeeded.
 */
export const persistently = <A, R, R2>(
  transaction: Effect.Effect<Receipt, WriteError, R>,
  rehearsal: Effect.Effect<A, ContractReadError, R2>,
): Effect.Effect<boolean, Exclude<WriteError, TransactionReverted>, R | R2> =>
  Effect.gen(function* () {
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      if (yield* expectRevert(transaction)) return true
      if (!(yield* wouldSucceed(rehearsal))) return false
    }
    return yield* expectRevert(transaction)
  })

import { Effect } from "effect"
import { TransactionReverted } from "../../../chain/errors.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import { record } from "../../kernel/ambient.ts"

/** The receipt of a transaction, or nothing where it reverted; that costs its gas and is noted in the trace. */
export const unlessReverted = <R>(
  transaction: Effect.Effect<Receipt, WriteError, R>,
): Effect.Effect<Receipt | undefined, Exclude<WriteError, TransactionReverted>, R> =>
  Effect.matchEffect(transaction, {
    onSuccess: (receipt) => Effect.succeed(receipt),
    onFailure: (error) =>
      error instanceof TransactionReverted
        ? Effect.as(record("reverted", { function: error.function, reason: error.reason }), undefined)
        : Effect.fail(error),
  })

/**
 * Sends a transaction that somebody else may have made impossible: a full task, a panel already drawn. Gives back
 * whether it succeeded.
 */
export const expectRevert = <R>(
  transaction: Effect.Effect<Receipt, WriteError, R>,
): Effect.Effect<boolean, Exclude<WriteError, TransactionReverted>, R> =>
  Effect.map(unlessReverted(transaction), (receipt) => receipt !== undefined)

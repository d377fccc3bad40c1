import { Effect } from "effect"
import { TransactionReverted } from "../../../chain/errors.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import { record } from "../../kernel/ambient.ts"

/**
 * Sends a transaction that somebody else may have made impossible: a full task, a panel already drawn. Gives back
 * whether it succeeded; a revert costs its gas and is noted in the trace.
 */
export const expectRevert = <R>(
  transaction: Effect.Effect<Receipt, WriteError, R>,
): Effect.Effect<boolean, Exclude<WriteError, TransactionReverted>, R> =>
  Effect.matchEffect(transaction, {
    onSuccess: () => Effect.succeed(true),
    onFailure: (error) =>
      error instanceof TransactionReverted
        ? Effect.as(record("reverted", { function: error.function, reason: error.reason }), false)
        : Effect.fail(error),
  })

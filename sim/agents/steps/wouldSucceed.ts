import { Effect } from "effect"
import type { ContractReadError } from "../../../chain/errors.ts"

/** Whether a call would succeed on the state as it is; `rehearsal` is the call without effect. */
export const wouldSucceed = <A, R>(
  rehearsal: Effect.Effect<A, ContractReadError, R>,
): Effect.Effect<boolean, never, R> =>
  Effect.match(rehearsal, { onSuccess: () => true, onFailure: () => false })

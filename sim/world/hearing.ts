/** The chain as an agent sees it that hears of things later than others. */
import { Effect, Queue } from "effect"
import type { ChainShape } from "../../chain/chain.ts"
import type { SubscriptionOverflow } from "../../chain/errors.ts"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Incoming } from "./network.ts"
import { nowMicros } from "../kernel/now.ts"

const INBOX_CAPACITY = 65_536

/**
 * Logs, receipts and pending transactions reach the agent when `incoming` says so. Views answer from the latest state
 * still: an agent that asks does not know that it is behind.
 */
export const hearingThrough = (chain: ChainShape, incoming: Incoming): ChainShape => {
  /** Waits until what is public now has reached the agent. */
  const hear = Effect.flatMap(nowMicros, (now) => {
    const wait = incoming(now) - now
    return wait > 0 ? Effect.sleep(`${wait} micros`) : Effect.void
  })
  return {
    ...chain,
    awaitReceipt: (hash) => Effect.tap(chain.awaitReceipt(hash), () => hear),
    send: (request) => Effect.tap(chain.send(request), () => hear),
    subscribeLogs: Effect.fnUntraced(function* (filter) {
      const source = yield* chain.subscribeLogs(filter)
      const inbox = yield* Queue.make<ChainLog, SubscriptionOverflow>({
        capacity: INBOX_CAPACITY,
        strategy: "dropping",
      })
      const pass = Effect.flatMap(Queue.take(source), (log) => Effect.andThen(hear, Queue.offer(inbox, log)))
      const passAll = Effect.catchCause(Effect.forever(pass), (cause) => Queue.failCause(inbox, cause))
      yield* Effect.forkScoped(passAll)
      return inbox
    }),
    pending: Effect.gen(function* () {
      const now = yield* nowMicros
      const pending = yield* chain.pending
      return pending.filter(({ arrivalMicros }) => incoming(arrivalMicros) <= now)
    }),
  }
}

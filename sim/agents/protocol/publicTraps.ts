import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"
import type { Traps } from "./traps.ts"
import { revealedHash } from "../revealedHash.ts"

/**
 * Governance declares which result is bad, for all to read, and fines whoever approved it; the keeper does so in its
 * name. A coordinator that finds the result wins the jackpot by reporting it.
 */
export const publicTraps = (participant: Participant, timetable: Timetable): Traps => {
  const { contracts, governor } = participant
  const { results, forcedErrors } = contracts

  /** Where a contract governs, nothing happens in time: it would take votes. */
  const asGovernor = <R>(transaction: Effect.Effect<Receipt, WriteError, R>) =>
    governor === undefined ? Effect.succeed(false) : participant.as(governor, expectRevert(transaction))

  const awaitEndOfTrap = Effect.fnUntraced(function* (taskId: bigint) {
    const chain = yield* Chain
    yield* chain.awaitBlock((yield* timetable.of(taskId)).openingEnd)
    const { caught, expirationBlock } = yield* forcedErrors.read.getForcedError([taskId])
    if (caught) return
    yield* chain.awaitBlock(expirationBlock)
    yield* expectRevert(forcedErrors.write.expireForcedError([taskId]))
  })

  return {
    areHidden: false,
    plan: Effect.fnUntraced(function* (_taskId, { trapped }) {
      if (!trapped) return true
      if (governor === undefined) return false
      const jackpot = yield* forcedErrors.read.jackpotAmount()
      return (yield* forcedErrors.read.jackpotPool()) >= jackpot
    }),
    lay: Effect.fnUntraced(function* (taskId, { contentHash }) {
      if (contentHash === undefined) return true
      return yield* asGovernor(forcedErrors.write.injectForcedError([taskId, contentHash]))
    }),
    settle: Effect.fnUntraced(function* (taskId, { account, contentHash }) {
      if (contentHash === undefined) return
      const { knownBadHash } = yield* forcedErrors.read.getForcedError([taskId])
      if (knownBadHash !== contentHash) return
      yield* awaitEndOfTrap(taskId)
      for (const { coordinator, isCorrect } of yield* results.read.getVotes([taskId, account])) {
        if (!isCorrect) continue
        yield* asGovernor(forcedErrors.write.processCoordinatorMiss([taskId, coordinator]))
      }
    }),
    report: Effect.fnUntraced(function* (taskId, solution) {
      const content = revealedHash(solution)
      if (!(yield* forcedErrors.read.isForcedErrorActive([taskId]))) return
      if ((yield* forcedErrors.read.getForcedError([taskId])).knownBadHash !== content) return
      yield* expectRevert(forcedErrors.write.reportForcedError([taskId, content]))
    }),
  }
}

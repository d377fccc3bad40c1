import { Effect } from "effect"
import type { Address, Hex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"
import type { TrapPlan, Traps } from "./traps.ts"

/** The keeper commits to every task's plan beforehand, and opens it after the votes; contracts do the rest. */
export const hiddenTraps = ({ contracts }: Participant, timetable: Timetable): Traps => {
  const { forcedErrors } = contracts
  return {
    areHidden: true,
    plan: Effect.fnUntraced(function* (taskId, plan) {
      const commitment = yield* forcedErrors.read.forcedErrorCommitmentFor(openingOf(taskId, plan))
      return yield* expectRevert(forcedErrors.write.commitForcedError([taskId, commitment]))
    }),
    lay: () => Effect.succeed(true),
    settle: Effect.fnUntraced(function* (taskId, plan) {
      const chain = yield* Chain
      yield* chain.awaitBlock((yield* timetable.of(taskId)).voteRevealEnd)
      yield* expectRevert(forcedErrors.write.revealForcedError(openingOf(taskId, plan)))
    }),
    report: () => Effect.void,
  }
}

const NO_HASH: Hex = `0x${"0".repeat(64)}`
const NOBODY: Address = `0x${"0".repeat(40)}`

/** What a keeper commits to and opens. */
export const openingOf = (taskId: bigint, { trapped, contentHash = NO_HASH, account, salt }: TrapPlan) =>
  [taskId, trapped, contentHash, trapped ? account : NOBODY, salt] as const

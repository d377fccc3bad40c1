import { Effect } from "effect"
import { maxUint256 } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Contracts } from "../contracts.ts"
import type { Participant } from "../participant.ts"
import type { Disputes } from "./disputes.ts"

/** Coordinators drawn by stake recompute what was published, commit to a verdict, reveal it. */
export const panelDisputes = (
  disputes: NonNullable<Contracts["disputes"]>,
  { account, contracts, plan: { projectId } }: Participant,
): Disputes => {
  const keyOf = (round: number) => [projectId, BigInt(round)] as const

  const deliver = Effect.fnUntraced(function* (round: number, mismatch: boolean) {
    const chain = yield* Chain
    const key = keyOf(round)
    const salt = yield* randomBytes32
    const commitment = yield* disputes.read.verdictCommitmentFor([...key, account, mismatch, salt])
    if (!(yield* expectRevert(disputes.write.commitVerdict([...key, commitment])))) return
    const { commitEnd } = yield* disputes.read.disputeOf(key)
    yield* chain.awaitBlock(BigInt(commitEnd))
    yield* expectRevert(disputes.write.revealVerdict([...key, mismatch, salt]))
  })

  return {
    isDisputable: (round) => disputes.read.isDisputable(keyOf(round)),
    open: Effect.fnUntraced(function* (round) {
      yield* expectRevert(contracts.token.write.approve([disputes.address, maxUint256]))
      return yield* expectRevert(disputes.write.openDispute(keyOf(round)))
    }),
    settle: Effect.fnUntraced(function* (round) {
      const chain = yield* Chain
      const key = keyOf(round)
      yield* chain.nextBlock
      yield* expectRevert(disputes.write.drawPanel(key))
      const { drawEnd, revealEnd } = yield* disputes.read.disputeOf(key)
      yield* chain.awaitBlock(BigInt(revealEnd === 0 ? drawEnd : revealEnd))
      // Somebody else may have been faster.
      if (yield* disputes.read.isDisputed(key)) yield* expectRevert(disputes.write.closeDispute(key))
    }),
    judge: (mismatch) =>
      forEachEvent(disputes.events.DisputePanelDrawn, (args) =>
        args.projectId === projectId && args.panel.includes(account)
          ? Effect.flatMap(mismatch(Number(args.round)), (wrong) => deliver(Number(args.round), wrong))
          : Effect.void,
      ),
    forEachPublication: (handle) =>
      forEachEvent(contracts.project.events.GlobalModelPublished, (args) =>
        args.projectId === projectId ? handle(Number(args.round)) : Effect.void,
      ),
    forEachDispute: (handle) =>
      forEachEvent(disputes.events.DisputeOpened, (args) =>
        args.projectId === projectId ? handle(Number(args.round)) : Effect.void,
      ),
    forEachReopened: (handle) =>
      forEachEvent(contracts.project.events.PublicationDisproved, (args) =>
        args.projectId === projectId && args.reopened ? handle(Number(args.round)) : Effect.void,
      ),
  }
}

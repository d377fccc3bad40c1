import { Deferred, Effect, Option } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { GroundTruth } from "../../../ml/store/taskDocuments.ts"
import type { Channel } from "../channel.ts"

/** Collects the ground truths that accomplices tell, for as long as the agent lives. */
export const listenForLeaks = Effect.fnUntraced(function* (channel: Channel) {
  const known = new Map<bigint, Deferred.Deferred<GroundTruth>>()
  const of = (taskId: bigint): Deferred.Deferred<GroundTruth> => {
    const deferred = known.get(taskId) ?? Deferred.makeUnsafe<GroundTruth>()
    known.set(taskId, deferred)
    return deferred
  }
  const { take } = yield* channel.listen
  const collect = Effect.flatMap(take, (whisper) =>
    whisper.kind === "groundTruth" ? Deferred.succeed(of(whisper.taskId), whisper.truth) : Effect.void,
  )
  yield* Effect.forkScoped(Effect.forever(collect))

  /** The task's ground truth, if it is told within so many blocks. */
  return (taskId: bigint, patienceBlocks: number) =>
    Effect.gen(function* () {
      const chain = yield* Chain
      const end = (yield* chain.blockNumber) + BigInt(patienceBlocks)
      const told = Effect.map(Deferred.await(of(taskId)), Option.some)
      return yield* Effect.race(told, Effect.as(chain.awaitBlock(end), Option.none<GroundTruth>()))
    })
})

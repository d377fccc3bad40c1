/** One member of a ring looks at a submission, and the others take its word for it: verification is paid for once. */
import { Deferred, Effect, Option } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Channel } from "../channel.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { isOfRing } from "./ring.ts"

/** Blocks that a member waits for another's word before it looks for itself. */
const PATIENCE_BLOCKS = 4n

/** What a ring's members have found, as far as they have told it; from now on, while the scope is open. */
export const shareOpinions = Effect.fnUntraced(function* (agent: Agent, channel: Channel) {
  const told = new Map<string, Deferred.Deferred<Opinion>>()
  const of = (taskId: bigint, solver: Address) => {
    const key = `${taskId}/${solver.toLowerCase()}`
    const deferred = told.get(key) ?? Deferred.makeUnsafe<Opinion>()
    told.set(key, deferred)
    return deferred
  }
  const { take } = yield* channel.listen
  const collect = Effect.flatMap(take, (whisper) =>
    whisper.kind === "opinion" ? Deferred.succeed(of(whisper.taskId, whisper.solver), whisper) : Effect.void,
  )
  yield* Effect.forkScoped(Effect.forever(collect))

  /** The ring's opinion of a submission: `look` is only called by the member whose turn it is, or whom nobody tells. */
  return Effect.fnUntraced(function* <E, R>(
    submission: SubmissionToJudge,
    look: Effect.Effect<Opinion, E, R>,
  ) {
    const { taskId, solver } = submission
    if ((yield* firstSeatOf(agent, taskId)) !== agent.account) {
      const chain = yield* Chain
      const end = (yield* chain.blockNumber) + PATIENCE_BLOCKS
      const word = Effect.map(Deferred.await(of(taskId, solver)), Option.some)
      const heard = yield* Effect.race(word, Effect.as(chain.awaitBlock(end), Option.none<Opinion>()))
      if (Option.isSome(heard)) return heard.value
    }
    const { correct, score } = yield* look
    yield* channel.tell({ kind: "opinion", taskId, solver, correct, score })
    return { correct, score } satisfies Opinion
  })
})

/** The first of the ring on a task's panel; itself where there is no panel, or none of the ring on it. */
const firstSeatOf = (agent: Agent, taskId: bigint) =>
  Effect.match(agent.contracts.results.read.panelOf([taskId]), {
    onSuccess: ({ panel }) => panel.find((holder) => isOfRing(agent, holder)) ?? firstByAddress(agent),
    onFailure: () => firstByAddress(agent),
  })

const firstByAddress = ({ account, role, accomplices }: Agent): Address =>
  [account, ...accomplices.filter((other) => other.role === role).map((other) => other.account)]
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .at(0) ?? account

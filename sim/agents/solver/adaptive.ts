/** Works while coordinators look, and cheats while they do not: how many forced errors they let pass is public. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks } from "./answerTasks.ts"
import { trainOnShare } from "./trainOnShare.ts"

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

const Options = Schema.Struct({
  cheatBelow: share.pipe(
    withDefault(
      0.5,
      "It cheats while the share of votes that rejected forced errors is below this; 0 = never, 1 = unless all did.",
    ),
  ),
  expectedVigilance: share.pipe(
    withDefault(0, "That share, as it expects it before it has seen any such vote; weighs as one vote."),
  ),
  windowVotes: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(20, "Votes on forced errors, the latest ones, that it goes by."),
  ),
  cheatShare: share.pipe(
    withDefault(
      0,
      "Share of its examples that it trains on when it cheats; 0 hands in the global model as it is.",
    ),
  ),
})

export const adaptiveSolver = defineStrategy({
  name: "solver/adaptive",
  role: "solver",
  description: "Trains while coordinators catch forced errors, and hands in less work while they miss them.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { cheatBelow, expectedVigilance, windowVotes, cheatShare }) {
    const caught = yield* watchVotesOnTraps(agent)
    yield* answerTasks(agent, (task) => {
      const latest = caught.slice(-windowVotes)
      const rejections = latest.filter(Boolean).length
      const vigilance = (rejections + expectedVigilance) / (latest.length + 1)
      return trainOnShare(agent, task, vigilance < cheatBelow ? cheatShare : 1)
    })
  }),
})

/** Votes on forced errors so far, in the order of the chain: whether they rejected it. */
const watchVotesOnTraps = Effect.fnUntraced(function* (agent: Agent) {
  const caught: boolean[] = []
  const { ForcedErrorCaught, ForcedErrorMissed } = agent.contracts.forcedErrors.events
  const note = (rejected: boolean) => () => Effect.sync(() => void caught.push(rejected))
  yield* Effect.forkScoped(Effect.orDie(forEachEvent(ForcedErrorCaught, note(true))))
  yield* Effect.forkScoped(Effect.orDie(forEachEvent(ForcedErrorMissed, note(false))))
  return caught as readonly boolean[]
})

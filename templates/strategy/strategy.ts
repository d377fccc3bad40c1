/**
 * A coordinator that looks at some of what it is called to judge and approves the rest unseen, until it is slashed:
 * then it looks at everything for a while.
 *
 * Change what it does, its name and its options; `autonet-sim agents ./strategy.ts` shows whether it is a strategy, and
 * `autonet-sim run scenario.yaml` lets it play. You may import "effect", "autonet-sim" and files beside this one.
 */
import { Effect, Random, Schema } from "effect"
import {
  defineStrategy,
  evaluateSubmission,
  forEachEvent,
  loadCase,
  orNothing,
  record,
  voteOnTasks,
  withDefault,
} from "autonet-sim"

// Each option has a range, a default and a line that says what it means and in which unit.
const Options = Schema.Struct({
  looks: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.3, "Probability of looking at a submission."),
  ),
  remorse: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(10, "Submissions that it looks at for certain after it was slashed."),
  ),
})

export default defineStrategy({
  // `role/name`: results, expectations and --set call it so. The role decides what it stakes and may do.
  name: "coordinator/once-bitten",
  role: "coordinator",
  description: "Looks at some submissions, and at all of them for a while after it was slashed.",
  optionsSchema: Options,

  // An ordinary Effect program on virtual time. What it remembers lives in here, never beside it.
  run: (agent, { looks, remorse }) =>
    Effect.gen(function* () {
      let careful = 0

      // Public chain state: every event of every contract. In the background, for as long as the agent lives.
      const slashes = forEachEvent(agent.contracts.staking.events.Slashed, ({ participant }) =>
        Effect.sync(() => {
          if (participant === agent.account) careful = remorse
        }),
      )
      yield* Effect.forkScoped(slashes)

      // The life of a coordinator around the one decision that is ours: what to think of a submission.
      yield* voteOnTasks(agent, (submission) =>
        Effect.gen(function* () {
          const isCareful = careful > 0
          if (isCareful) careful -= 1
          // Random numbers come from Effect's Random, which is the agent's own stream: the same seed, the same run.
          if (!isCareful && (yield* Random.next) >= looks) {
            // A note for `autonet-sim replay`, which tells the story of a run.
            yield* record("unseen", { taskId: submission.taskId, solver: submission.solver })
            return { correct: true, score: 90 }
          }
          // Work takes virtual time and costs ATN. Documents may be missing or malformed: anybody may have put them there.
          const loaded = yield* orNothing(loadCase(agent, submission))
          if (loaded === undefined) return { correct: false, score: 0 }
          return yield* evaluateSubmission(agent, loaded, 1)
        }),
      )
    }),
})

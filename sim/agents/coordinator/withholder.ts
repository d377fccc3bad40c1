/** Takes seats on panels and is then silent, so that too little stake votes for a decision: liveness against a fine. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { parameterKey } from "../../../chain/suite.ts"
import type { Agent } from "../agent.ts"
import { together, type Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { ringOption } from "../ringOption.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { lookAt } from "./lookAt.ts"
import { powerOnTask } from "./ring.ts"
import { shareOpinions } from "./sharedOpinions.ts"

const Options = Schema.Struct({
  ring: ringOption,
  when: Schema.Literals(["always", "pivotal"]).pipe(
    withDefault(
      "pivotal",
      "When it is silent: always, or only where its ring's silence alone breaks the quorum.",
    ),
  ),
  silence: Schema.Literals(["uncommitted", "unrevealed"]).pipe(
    withDefault(
      "unrevealed",
      "uncommitted: it does not vote at all. unrevealed: it commits and never reveals.",
    ),
  ),
  leave: Schema.Boolean.pipe(
    withDefault(false, "Whether it asks for its stake back at that moment, and takes no further part."),
  ),
  topUp: Schema.Boolean.pipe(
    withDefault(true, "Whether it restores its stake after a slash, as long as it has ATN."),
  ),
})
type Options = typeof Options.Type

export const withholderCoordinator = defineStrategy({
  name: "coordinator/withholder",
  role: "coordinator",
  description:
    "Votes like others until the silence of its ring can keep a panel from deciding, and then is silent.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const agree = yield* shareOpinions(agent, agent.channel(options.ring))
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* agent.protocol.calls.answer(
      Effect.fnUntraced(function* (taskId: bigint, submissions: readonly SubmissionToJudge[]) {
        const isSilent = options.when === "always" || (yield* isPivotal(agent, taskId))
        if (isSilent) yield* withhold(agent, options, taskId, submissions)
        else {
          const votes: Vote[] = []
          for (const submission of submissions) {
            const opinion = yield* agree(submission, lookAt(agent, submission, 1))
            votes.push(yield* agent.protocol.ballots.mark(submission.solver, opinion))
          }
          yield* agent.protocol.ballots.cast(taskId, votes)
        }
        const chain = yield* Chain
        yield* chain.awaitBlock((yield* agent.protocol.timetable.of(taskId)).openingEnd + 2n)
        if (options.topUp) yield* topUpStake(agent)
      }),
    )
  }),
})

/** Whether the others on the panel hold less than the quorum; never where a contract set knows no quorum. */
const isPivotal = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const quorumBps = yield* Effect.match(agent.contracts.results.read.parameter([parameterKey("quorumBps")]), {
    onSuccess: Number,
    onFailure: () => 0,
  })
  return 1 - (yield* powerOnTask(agent, taskId)) < quorumBps / 10_000
})

const withhold = Effect.fnUntraced(function* (
  agent: Agent,
  options: Options,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
) {
  const { results, staking } = agent.contracts
  if (options.silence === "unrevealed") {
    const commitment = yield* randomBytes32
    yield* together(submissions, ({ solver }) =>
      expectRevert(results.write.commitVote([taskId, solver, commitment])),
    )
  }
  if (options.leave) yield* expectRevert(staking.write.requestUnstake())
})

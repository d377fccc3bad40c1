/** Waits for the ground truth to be shown, trains on its examples, and only then commits, if it is let. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { awaitEvent, forEachEvent } from "../steps/awaitEvent.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { orNothing } from "../steps/orNothing.ts"
import { readTask } from "../steps/readTask.ts"
import { contentHashOf, revealSolution } from "../steps/submitSolution.ts"
import { encodeUpdate, loadGroundTruth } from "../steps/taskDocuments.ts"
import { unlessDiverged } from "../steps/unlessDiverged.ts"
import type { Agent } from "../agent.ts"
import { priorityFeeOf } from "../priorityFee.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerByTruth } from "./answerByTruth.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

const Options = Schema.Struct({
  repeats: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(4, "How many times it takes each example of the ground truth in an epoch."),
  ),
  invitedOnly: Schema.Boolean.pipe(
    withDefault(true, "Whether it answers only tasks that invite its shard, or every task."),
  ),
  claimedSamples: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(100, "Samples that it claims to have trained on."),
  ),
  priorityFee: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(1, "Priority fee of its commitment, in thousandths of an ATN per million gas."),
  ),
})
type Options = typeof Options.Type

export const latecomerSolver = defineStrategy({
  name: "solver/latecomer",
  role: "solver",
  description:
    "Commits after the ground truth was revealed, to an answer trained on it, if the chain lets it.",
  optionsSchema: Options,
  trainsOnGroundTruth: true,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* stakeAs(agent, "solver", agent.stakeWei)
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId, specHash }) =>
      Effect.gen(function* () {
        const task = yield* readTask(agent, specHash)
        if (task === undefined) return
        if (options.invitedOnly && !task.specification.data.shards.includes(agent.shard)) return
        const truth = yield* awaitTruth(agent, taskId)
        if (truth === undefined) return
        const { groundTruthEnd } = yield* agent.protocol.timetable.of(taskId)
        const chain = yield* Chain
        if ((yield* chain.blockNumber) >= groundTruthEnd) return
        if (!(yield* couldCommit(agent, taskId))) return
        const examples = agent.shardIndices
        const made = yield* unlessDiverged(
          Effect.gen(function* () {
            const asked = { taskId, ...task, examples }
            const { update } = yield* answerByTruth(agent, asked, { truth, repeats: options.repeats })
            return yield* encodeUpdate({ agent, values: update, samples: options.claimedSamples })
          }),
        )
        if (made !== undefined) yield* handInLate(agent, { taskId, solution: made, ...options })
      }),
    )
  }),
})

/** The ground truth as soon as its proposer reveals it; undefined where it cannot be read. */
const awaitTruth = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { results } = agent.contracts
  const cid = yield* awaitEvent(
    results.events.GroundTruthRevealed,
    Effect.succeed<string | undefined>(undefined),
    (revealed) => (revealed.taskId === taskId ? revealed.cid : undefined),
  )
  return yield* orNothing(loadGroundTruth(agent, cid))
})

/** Training costs something: it looks first whether a commitment would be taken at all. */
const couldCommit = ({ contracts }: Agent, taskId: bigint) =>
  wouldSucceed(contracts.tasks.simulate.commitSolution([taskId, ANY_HASH]))

const ANY_HASH = `0x${"1".repeat(64)}` as const

const handInLate = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, solution, priorityFee }: Options & { readonly taskId: bigint; readonly solution: Uint8Array },
) {
  const { solutions } = agent.protocol
  const sealed = yield* solutions.seal(taskId, contentHashOf(solution))
  if (!(yield* solutions.commit(sealed, priorityFeeOf(priorityFee)))) return
  yield* revealSolution(agent, sealed, solution)
  yield* topUpStake(agent)
})

/**
 * Lets others look: waits until their votes can be read and votes the same. Where votes are sealed it may copy a sealed
 * one instead, and hope that it can open it. Where nothing can be copied it looks itself, or keeps silent.
 */
import { Effect, Schema } from "effect"
import type { Address, Hex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { lookAt } from "./lookAt.ts"
import { examplesOption } from "./lookingOptions.ts"
import { SILENT, vote } from "./voteOnTasks.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

const Options = Schema.Struct({
  copies: Schema.Literals(["votes", "commitments"]).pipe(
    withDefault(
      "votes",
      "What it copies: votes that can be read, or the sealed vote of whoever committed first, to be opened with what that one reveals.",
    ),
  ),
  votesToSee: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 16 })).pipe(
    withDefault(2, "Readable votes on a submission that it waits for before it votes like most of them."),
  ),
  spareBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })).pipe(
    withDefault(5, "Blocks before the end of the vote at which it takes what there is."),
  ),
  otherwise: Schema.Literals(["look", "silence"]).pipe(
    withDefault("look", "What it does where nothing can be copied."),
  ),
  examples: examplesOption,
})
type Options = typeof Options.Type

export const copierCoordinator = defineStrategy({
  name: "coordinator/copier",
  role: "coordinator",
  description:
    "Votes what others have voted, wherever their votes can be read or copied before it must vote.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    const copy = options.copies === "votes" ? copyVotes : copyCommitments
    yield* agent.protocol.calls.answer((taskId, submissions) => copy(agent, taskId, submissions, options))
  }),
})

const NO_SALT: Hex = `0x${"0".repeat(64)}`

/** Open votes on what others voted openly, or revealed; the ordinary way where no open vote is taken. */
const copyVotes = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
  options: Options,
) {
  const chain = yield* Chain
  const { results } = agent.contracts
  const [first] = submissions
  if (first === undefined) return
  const isTaken = yield* wouldSucceed(results.simulate.submitVote([taskId, first.solver, true, 100n, ""]))
  if (!isTaken) return yield* vote(agent, taskId, submissions, otherwise(agent, options))
  const { voteRevealEnd, openingEnd } = yield* agent.protocol.timetable.of(taskId)
  const last = voteRevealEnd - BigInt(options.spareBlocks)
  yield* Effect.forEach(
    submissions,
    (submission) =>
      Effect.gen(function* () {
        const seen = yield* awaitVotes(agent, submission, options.votesToSee, last)
        const opinion = seen ?? (yield* otherwise(agent, options)(submission))
        if (opinion === SILENT) return
        const { correct, score } = opinion
        yield* expectRevert(results.write.submitVote([taskId, submission.solver, correct, BigInt(score), ""]))
        if (!correct) yield* agent.protocol.traps.report(taskId, submission.solution)
      }),
    { concurrency: "unbounded", discard: true },
  )
  yield* chain.awaitBlock(openingEnd + 2n)
  yield* topUpStake(agent)
})

/** What most of the readable votes say, as soon as there are enough of them, or when time is up; nothing where none is. */
const awaitVotes = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, solver }: SubmissionToJudge,
  votesToSee: number,
  last: bigint,
) {
  const chain = yield* Chain
  const read = agent.contracts.results.read.getVotes([taskId, solver])
  let votes = yield* read
  while (votes.length < votesToSee && (yield* chain.blockNumber) < last) {
    yield* chain.nextBlock
    votes = yield* read
  }
  return mostOf(votes)
})

const mostOf = (
  votes: readonly { readonly isCorrect: boolean; readonly score: bigint }[],
): Opinion | undefined => {
  const approving = votes.filter(({ isCorrect }) => isCorrect)
  const side = 2 * approving.length > votes.length ? approving : votes.filter(({ isCorrect }) => !isCorrect)
  const [example] = side
  return example && { correct: example.isCorrect, score: Number(example.score) }
}

/** Hands in another's commitment as its own, and opens it as that one does. */
const copyCommitments = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
  options: Options,
) {
  const chain = yield* Chain
  const { results } = agent.contracts
  const { voteCommitEnd, voteRevealEnd, openingEnd } = yield* agent.protocol.timetable.of(taskId)
  const spare = BigInt(options.spareBlocks)
  yield* chain.awaitBlock(voteCommitEnd - spare)
  const committed = yield* results.events.VoteCommitted.past()
  const copied: { readonly solver: Address; readonly from: Address }[] = []
  yield* Effect.forEach(
    submissions,
    ({ solver }) =>
      Effect.gen(function* () {
        const model = committed.find(({ args }) => args.taskId === taskId && args.solver === solver)?.args
        if (model === undefined) return
        copied.push({ solver, from: model.coordinator })
        yield* expectRevert(results.write.commitVote([taskId, solver, model.commitment]))
      }),
    { concurrency: "unbounded", discard: true },
  )
  yield* chain.awaitBlock(voteRevealEnd - spare)
  yield* Effect.forEach(
    copied,
    ({ solver, from }) =>
      Effect.gen(function* () {
        const votes = yield* results.read.getVotes([taskId, solver])
        const shown = votes.find(({ coordinator }) => coordinator === from)
        if (shown === undefined) return
        const { isCorrect, score } = shown
        yield* expectRevert(results.write.revealVote([taskId, solver, isCorrect, score, "", NO_SALT]))
      }),
    { concurrency: "unbounded", discard: true },
  )
  yield* chain.awaitBlock(openingEnd + 2n)
  yield* topUpStake(agent)
})

const otherwise = (agent: Agent, options: Options) => (submission: SubmissionToJudge) =>
  options.otherwise === "silence" ? Effect.succeed(SILENT) : lookAt(agent, submission, options.examples)

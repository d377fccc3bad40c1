/**
 * Reads where the traps are, wherever that can be read before the vote, rejects those and approves everything else
 * unseen: the jackpots of vigilance without its cost.
 */
import { Effect, Random, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, INCORRECT, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"
import { revealedHash } from "../revealedHash.ts"

const Options = Schema.Struct({
  waitBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(15, "Blocks into the vote that it waits for somebody to show where the trap is."),
  ),
  lookProbability: probability.pipe(
    withDefault(0, "Probability with which it looks at a submission while nothing can be read."),
  ),
  examples: examplesOption,
  score: unseenScoreOption,
})
type Options = typeof Options.Type

export const trapReaderCoordinator = defineStrategy({
  name: "coordinator/trapReader",
  role: "coordinator",
  description: "Rejects what the chain already shows to be a trap, and approves everything else unseen.",
  optionsSchema: Options,
  run: (agent, options) => voteOnTasks(agent, (submission) => judge(agent, submission, options)),
})

const judge = Effect.fnUntraced(function* (agent: Agent, submission: SubmissionToJudge, options: Options) {
  const chain = yield* Chain
  const { solutionEnd } = yield* agent.protocol.timetable.of(submission.taskId)
  yield* chain.awaitBlock(solutionEnd + BigInt(options.waitBlocks))
  const known = yield* readTrap(agent, submission)
  if (known === "trap") return INCORRECT
  const looks = known === "unknown" && (yield* Random.next) < options.lookProbability
  return looks
    ? yield* lookAt(agent, submission, options.examples)
    : yield* approveUnseen(submission, options.score)
})

/** What the registry shows about a submission: of a hidden trap nothing until it is opened, of a public one all. */
const readTrap = Effect.fnUntraced(function* (agent: Agent, { taskId, solver, solution }: SubmissionToJudge) {
  const { forcedErrors } = agent.contracts
  const { knownBadHash } = yield* forcedErrors.read.getForcedError([taskId])
  if (knownBadHash === revealedHash(solution)) return "trap"
  const opened = yield* forcedErrors.events.ForcedErrorOpened.past()
  const opening = opened.find(({ args }) => args.taskId === taskId)?.args
  if (opening === undefined) return "unknown"
  return opening.effective && opening.trapSolver === solver ? "trap" : "clean"
})

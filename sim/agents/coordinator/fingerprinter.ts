/**
 * Remembers whose submissions turned out to be traps. Every task holds one submission of the keeper's: where a known account
 * is among the solvers it looks at that one only, and approves the others unseen. It may also find the keeper's accounts out before any trap is opened: a task invites some shards, and an
 * account that answers tasks whose invitations have no shard in common answers uninvited, as only a keeper does.
 */
import { Effect, Random, Schema } from "effect"
import type { Address } from "viem"
import type { Agent } from "../agent.ts"
import { revealedSubmissions, type SubmissionToJudge } from "../protocol/calls.ts"
import { loadSpecification } from "../steps/taskDocuments.ts"
import { orNothing } from "../steps/orNothing.ts"
import { watchTraps, type Opening } from "../steps/watchTraps.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  evidence: Schema.Literals(["openedTraps", "invitations"]).pipe(
    withDefault(
      "openedTraps",
      "What makes an account a suspect: a trap of its own that was opened; or that, or answering tasks that did not invite it.",
    ),
  ),
  lookProbability: probability.pipe(
    withDefault(1, "Probability with which it looks at a submission of a task that no suspect has answered."),
  ),
  examples: examplesOption,
  score: unseenScoreOption,
})
type Options = typeof Options.Type

export const fingerprinterCoordinator = defineStrategy({
  name: "coordinator/fingerprinter",
  role: "coordinator",
  description:
    "Finds the keeper's accounts out, looks at their submissions only, and approves all others unseen.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const openings = yield* watchTraps(agent)
    const invited: Invitations = new Map()
    yield* voteOnTasks(agent, (submission) => judge(agent, submission, options, { openings, invited }))
  }),
})

/** By account: the shards that every task invited which it has answered. A solver's own is always among them. */
type Invitations = Map<Address, ReadonlySet<number>>

interface Memory {
  readonly openings: readonly Opening[]
  readonly invited: Invitations
}

const judge = Effect.fnUntraced(function* (
  agent: Agent,
  submission: SubmissionToJudge,
  options: Options,
  memory: Memory,
) {
  const { taskId, solver } = submission
  const others = yield* revealedSubmissions(agent, taskId)
  const shards = yield* invitedTo(agent, taskId)
  for (const other of others) remember(memory.invited, other.solver, shards)
  const suspects = others.filter((other) => isSuspect(other.solver, options, memory))
  const looks =
    suspects.length > 0
      ? suspects.some((suspect) => suspect.solver === solver)
      : (yield* Random.next) < options.lookProbability
  return looks
    ? yield* lookAt(agent, submission, options.examples)
    : yield* approveUnseen(submission, options.score)
})

const isSuspect = (account: Address, { evidence }: Options, { openings, invited }: Memory): boolean =>
  openings.some(({ trapSolver }) => trapSolver === account) ||
  (evidence === "invitations" && invited.get(account)?.size === 0)

const invitedTo = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { specHash } = yield* agent.contracts.tasks.read.getTaskProposal([taskId])
  return (yield* orNothing(loadSpecification(agent, specHash)))?.data.shards
})

const remember = (invited: Invitations, account: Address, shards: readonly number[] | undefined): void => {
  if (shards === undefined) return
  const before = invited.get(account) ?? new Set(shards)
  invited.set(account, new Set(shards.filter((shard) => before.has(shard))))
}

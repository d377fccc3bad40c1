/**
 * Governs with a majority against the coordinators: declares somebody's good solution a known-bad one after it was shown,
 * and once the votes on it are in, has those who approved it slashed for the miss, as often as it can.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { callOf } from "../government/call.ts"
import { carry, holdVotes } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { revealedHash } from "../revealedHash.ts"

const Options = Schema.Struct({
  repeats: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 16 })).pipe(
    withDefault(4, "How often it has one coordinator slashed for one vote."),
  ),
  victims: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(100, "How many of those who approved it has slashed, in the order of their votes."),
  ),
  waitBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(0, "Blocks that it lets pass between the solution and its declaration."),
  ),
})

export const missSlashingHolder = defineStrategy({
  name: "holder/miss-slasher",
  role: "holder",
  description: "Declares a good solution bad, and has those slashed who approved it, again and again.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { repeats, victims, waitBlocks }) {
    yield* holdVotes(agent)
    const chain = yield* Chain
    const { forcedErrors, results } = agent.contracts
    const shown = yield* results.events.SolutionRevealed.subscribe
    const { taskId, solver, cid } = (yield* shown.take).args
    yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(waitBlocks))
    const content = revealedHash(cid)
    const title = "A known-bad result"
    if (!(yield* decide(agent, "injectForcedError", [taskId, content], title))) return
    yield* chain.awaitBlock((yield* agent.protocol.timetable.of(taskId)).openingEnd)
    yield* chain.awaitBlock((yield* forcedErrors.read.getForcedError([taskId])).expirationBlock)
    const votes = yield* results.read.getVotes([taskId, solver])
    const approving = votes.filter(({ isCorrect }) => isCorrect).slice(0, victims)
    const calls = approving.flatMap(({ coordinator }) =>
      Array.from({ length: repeats }, (_, time) => ({ coordinator, time })),
    )
    yield* Effect.forEach(
      calls,
      ({ coordinator, time }) =>
        decide(agent, "processCoordinatorMiss", [taskId, coordinator], `A miss, ${time + 1}`),
      { concurrency: "unbounded", discard: true },
    )
  }),
})

/** Has the DAO make a call of the registry of forced errors. Whether it was made. */
const decide = Effect.fnUntraced(function* (
  agent: Agent,
  functionName: "injectForcedError" | "processCoordinatorMiss",
  args: readonly unknown[],
  title: string,
) {
  const call = callOf(agent.contracts.forcedErrors, functionName, args)
  return yield* carry(agent, call, yield* publishText(agent, { title, breaksPrinciples: true }))
})

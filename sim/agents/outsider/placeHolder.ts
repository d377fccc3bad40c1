/** Takes the places of tasks with commitments to nothing, so that those who would work find them full. */
import { Effect, Schema } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { priorityFeeOf } from "../priorityFee.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32 })).pipe(
    withDefault(4, "Solver accounts, each with the least stake."),
  ),
  placesPerTask: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })).pipe(
    withDefault(4, "Places of a task that it takes."),
  ),
  taskShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(1, "Share of the tasks that it attacks."),
  ),
  priorityFee: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(1, "Priority fee of its commitments, in thousandths of an ATN per million gas."),
  ),
  topsUp: Schema.Boolean.pipe(
    withDefault(true, "Whether it restores stakes that slashes took, so that its accounts can go on."),
  ),
})
type Options = typeof Options.Type

export const placeHolder = defineStrategy({
  name: "outsider/placeHolder",
  role: "outsider",
  description: "Stakes solver accounts that commit to random hashes and never reveal anything.",
  optionsSchema: Options,
  extraAccounts: ({ accounts }) => accounts,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* Effect.forEach(
      agent.extraAccounts,
      (account) => agent.as(account, stakeAs(agent, "solver", agent.extraStakeWei)),
      { concurrency: "unbounded", discard: true },
    )
    const coin = agent.stream("targets")
    let turn = 0
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId }) =>
      Effect.gen(function* () {
        if (coin.next() >= options.taskShare) return
        const { accounts } = options
        const places = Math.min(options.placesPerTask, accounts)
        const taken = Array.from({ length: places }, () => agent.extraAccounts[turn++ % accounts])
        yield* Effect.forEach(
          taken.filter((account) => account !== undefined),
          (account) => agent.as(account, hold(agent, account, taskId, options)),
          { concurrency: "unbounded", discard: true },
        )
      }),
    )
  }),
})

/** From the account that sends: takes a place, and mends the stake once the task is over. */
const hold = Effect.fnUntraced(function* (
  agent: Agent,
  account: Address,
  taskId: bigint,
  { priorityFee, topsUp }: Options,
) {
  const chain = yield* Chain
  const { tasks, staking } = agent.contracts
  const commit = tasks.write.commitSolution([taskId, yield* randomBytes32], priorityFeeOf(priorityFee))
  if (!(yield* expectRevert(commit)) || !topsUp) return
  const { openingEnd } = yield* agent.protocol.timetable.of(taskId)
  yield* chain.awaitBlock(openingEnd + 5n)
  const { amount } = yield* staking.read.getStake([account])
  if (amount >= agent.extraStakeWei) return
  yield* expectRevert(staking.write.addToStake([agent.extraStakeWei - amount]))
})

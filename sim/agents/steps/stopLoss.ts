/** Knowing when to stop: work that has cost more than it brought, for some tasks on end, is not gone on with. */
import { Effect, Schema } from "effect"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import { isWhole, refuseDecision } from "../decisionRefused.ts"
import { withDefault } from "../strategyOptions.ts"
import { unlessReverted } from "./expectRevert.ts"
import { wealthOf } from "./wealth.ts"

const MOST_TASKS = 100_000

export const leaveAfterLossesOption = Schema.Int.check(
  Schema.isBetween({ minimum: 0, maximum: MOST_TASKS }),
).pipe(
  withDefault(
    0,
    "It asks for its stake back once the profit of the last so many tasks is below 0; 0 = it stays whatever happens.",
  ),
)

export interface StopLoss {
  readonly hasLeft: () => boolean
  /** A task begins. */
  readonly begin: Effect.Effect<void>
  /** A task is settled: looks back, and leaves if it must and owes nobody a vote or a solution. */
  readonly end: ReturnType<typeof endOfTask>
}

interface Books {
  readonly agent: Agent
  readonly tasks: number
  /** After each task, wei; the first is from before all tasks. */
  readonly wealth: bigint[]
  underWay: number
  hasLeft: boolean
}

/** `tasks`: as the option says. Run it once the stake is paid in. */
export const openStopLoss = Effect.fnUntraced(function* (agent: Agent, tasks: number) {
  if (!isWhole(tasks, 0, MOST_TASKS)) {
    yield* refuseDecision(
      `leaveAfterLosses of ${agent.name}`,
      `a whole number from 0 to ${MOST_TASKS}`,
      tasks,
    )
  }
  const books: Books = { agent, tasks, wealth: [yield* wealthOf(agent)], underWay: 0, hasLeft: false }
  return {
    hasLeft: () => books.hasLeft,
    begin: Effect.sync(() => void books.underWay++),
    end: endOfTask(books),
  } satisfies StopLoss
})

const endOfTask = (books: Books) =>
  Effect.gen(function* () {
    const { agent, tasks, wealth } = books
    books.underWay -= 1
    wealth.push(yield* wealthOf(agent))
    const before = wealth.at(-1 - tasks)
    const now = wealth.at(-1)
    if (tasks === 0 || books.hasLeft || books.underWay > 0) return
    if (before === undefined || now === undefined || now >= before) return
    books.hasLeft = true
    yield* record("left", { lossWei: before - now, tasks })
    yield* unlessReverted(agent.contracts.staking.write.requestUnstake([]))
  })

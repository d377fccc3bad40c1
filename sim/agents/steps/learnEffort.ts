/** Effort by experience: one level at a time, judged by the profit that it brought while it was kept. */
import { Effect, Schema } from "effect"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import { withDefault } from "../strategyOptions.ts"
import { createBandit } from "./bandit.ts"
import { wealthOf } from "./wealth.ts"

/** How somebody learns. */
export const learningOptions = {
  rule: Schema.Literals(["epsilonGreedy", "regretMatching"]).pipe(
    withDefault(
      "epsilonGreedy",
      "Takes what has paid best so far, or each in proportion to the regret of not having taken it.",
    ),
  ),
  exploration: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.1, "Probability of trying any level instead."),
  ),
}

export interface LearningOptions {
  readonly rule: "epsilonGreedy" | "regretMatching"
  readonly exploration: number
}

/**
 * Runs one task after the other, or some at a time, at a level of effort. A level is chosen whenever no task is under way
 * and kept until none is; then its profit a task is known, without asking which task brought what.
 */
export const learnEffort = (agent: Agent, levels: readonly number[], options: LearningOptions) => {
  const bandit = createBandit({ ...options, arms: levels.length, stream: agent.stream("effort") })
  let arm = 0
  let underWay = 0
  let tasks = 0
  let wealthBefore = 0n

  const begin = Effect.gen(function* () {
    const isFirst = underWay === 0
    underWay += 1
    if (!isFirst) return
    tasks = 0
    arm = bandit.choose()
    wealthBefore = yield* wealthOf(agent)
    yield* record("effort", { level: levels[arm] ?? 0 })
  })

  const end = Effect.gen(function* () {
    underWay -= 1
    tasks += 1
    if (underWay > 0) return
    const profitWei = (yield* wealthOf(agent)) - wealthBefore
    bandit.learn(arm, Number(profitWei) / 1e18 / tasks)
  })

  return {
    /** A task begins: the level to work on it at. */
    begin: Effect.map(begin, () => levels[arm] ?? 0),
    /** A task is settled. */
    end,
  }
}

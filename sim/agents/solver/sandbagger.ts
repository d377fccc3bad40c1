/**
 * Keeps what it teaches worth teaching: while the scorecard says that its capability is mastered well, and pays little
 * for it, it hands in weak work that just passes; when the score has fallen or the price is high again, it works well.
 */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { capabilityNamed } from "../capability.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"
import { trainHonestly } from "./honest.ts"

const bps = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }))

const Options = Schema.Struct({
  capability: Schema.String.pipe(
    withDefault("", "The capability that it trains, and leaves others alone; none named = any."),
  ),
  weakStrength: Schema.Finite.check(Schema.isBetween({ minimum: -10, maximum: 1 })).pipe(
    withDefault(
      0,
      "Weak work is this many times its honest update: 0 = the base model as it is, which costs no training; below 0 it takes back what was learnt.",
    ),
  ),
  weakFromBps: bps.pipe(withDefault(4_000, "Score from which on it works weakly.")),
  strongBelowBps: bps.pipe(
    withDefault(4_000, "Score below which it works well again; above it, it goes on as it was."),
  ),
})
type Options = typeof Options.Type

export const sandbaggerSolver = defineStrategy({
  name: "solver/sandbagger",
  role: "solver",
  description:
    "Hands in weak work that just passes while the scorecard rates its capability highly, good work otherwise.",
  optionsSchema: Options,
  run: (agent, options) => {
    const mood: Mood = { weak: false }
    const isMine = (module: string) => options.capability === "" || module === options.capability
    return answerTasks(agent, (task) => answer(agent, task, options, mood), isMine)
  },
})

/** Whether it works weakly at the moment. */
interface Mood {
  weak: boolean
}

const answer = Effect.fnUntraced(function* (agent: Agent, task: TaskToSolve, options: Options, mood: Mood) {
  const score = yield* scoreOf(agent, task.specification.module)
  if (score >= BigInt(options.weakFromBps)) mood.weak = true
  else if (score < BigInt(options.strongBelowBps)) mood.weak = false
  const samples = task.examples.length
  if (!mood.weak) return yield* trainHonestly(agent, task)
  const { length } = task.base.weights
  if (options.weakStrength === 0) return { update: new Float32Array(length), samples } satisfies Answer
  const { update } = yield* trainHonestly(agent, task)
  return { update: update.map((value) => options.weakStrength * value), samples } satisfies Answer
})

/** What the scorecard says of a module in basis points; 0 where it says nothing. */
const scoreOf = Effect.fnUntraced(function* (agent: Agent, module: string) {
  const { scorecard } = agent.contracts
  const capability = capabilityNamed(agent.plan, module)
  if (scorecard === undefined || capability === undefined || capability.moduleId === 0n) return 0n
  return (yield* scorecard.read.moduleCard([capability.moduleId])).scoreBps
})

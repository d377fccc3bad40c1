/**
 * Trains one task a round, of the capability from which it expects the most: reward × multiplier × what its attempts
 * brought so far × P(a place), less what training costs. How it forms its expectations, and how readily it turns to
 * another capability, are options: many who do the same at once are a stampede.
 */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTask, type TaskToSolve } from "./answerTasks.ts"
import { createExperience, type Experience } from "./experience.ts"
import { trainHonestly } from "./honest.ts"
import { choiceShares, expectedProfits, pick, type Opening } from "./marketChoice.ts"
import { forEachRound } from "./openTasks.ts"

const probability = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

const Options = Schema.Struct({
  expectation: Schema.Literals(["current", "last", "average"]).pipe(
    withDefault(
      "current",
      "The multiplier that it reckons with: current = that of the tasks on offer; last = that of the round before, for who prepares ahead; average = the mean of all rounds so far.",
    ),
  ),
  rivals: Schema.Literals(["ignored", "proportional"]).pipe(
    withDefault(
      "ignored",
      "Whether it thinks of other solvers, who leave it no place: ignored, or expected in proportion to multipliers.",
    ),
  ),
  memory: probability.pipe(
    withDefault(
      0.3,
      "Weight of its newest result in what it expects an attempt to bring; 0 = it never learns.",
    ),
  ),
  switching: probability.pipe(
    withDefault(1, "P(it chooses anew); otherwise it stays with the capability that it trained last."),
  ),
  temperatureAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })).pipe(
    withDefault(
      0,
      "ATN of expected profit that do not matter much to it: 0 = always the best; larger = the more at random.",
    ),
  ),
  patienceBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })).pipe(
    withDefault(5, "Blocks that it waits for other tasks of a round before it chooses."),
  ),
  only: Schema.String.pipe(
    withDefault("", "The one capability that it trains, for a specialist; none named = any."),
  ),
})
export type MarketOptions = typeof Options.Type

export const marketSolver = defineStrategy({
  name: "solver/market",
  role: "solver",
  description:
    "Trains one task a round honestly, of the capability from which it expects the highest profit.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* stakeAs(agent, "solver", agent.stakeWei)
    const experience = createExperience(agent, options.memory)
    const prices: Prices = new Map()
    let last: string | undefined
    yield* forEachRound(agent, options.patienceBlocks, (tasks) =>
      Effect.gen(function* () {
        yield* experience.catchUp
        const offers = options.only === "" ? tasks : tasks.filter((task) => moduleOf(task) === options.only)
        const chosen = yield* chooseCapability(agent, offers, { options, experience, prices, last })
        if (chosen === undefined) return
        last = chosen
        const task = yield* leastCrowded(
          agent,
          offers.filter((offer) => moduleOf(offer) === chosen),
        )
        if (task === undefined) return
        experience.attempted({ capability: chosen, taskId: task.taskId })
        yield* answerTask(agent, task, (toSolve) => trainHonestly(agent, toSolve))
      }),
    )
  }),
})

/** Multipliers of past rounds, by capability, the latest last. */
type Prices = Map<string, readonly number[]>

const moduleOf = ({ specification }: TaskToSolve): string => specification.module

const WEI = 1e18
const ONE_BPS = 10_000

/** The capability that the solver trains in this round; undefined where none is expected to pay. */
const chooseCapability = Effect.fnUntraced(function* (
  agent: Agent,
  tasks: readonly TaskToSolve[],
  known: {
    readonly options: MarketOptions
    readonly experience: Experience
    readonly prices: Prices
    readonly last: string | undefined
  },
) {
  const { options, experience, prices, last } = known
  const places = yield* agent.protocol.modules.placesOfTask
  const openings: Opening[] = []
  for (const capability of new Set(tasks.map(moduleOf))) {
    const own = tasks.filter((task) => moduleOf(task) === capability)
    const [first] = own
    if (first === undefined) continue
    const bps = yield* agent.protocol.modules.multiplierOfTask(first.taskId)
    const current = Number(bps) / ONE_BPS
    const past = prices.get(capability) ?? []
    prices.set(capability, [...past, current])
    const multiplier = expectedMultiplier(options.expectation, past, current)
    const cost = Number(agent.work.costOfTraining(first.examples.length)) / WEI
    openings.push({ capability, multiplier, places: places * own.length, cost })
  }
  const isOpen = openings.some(({ capability }) => capability === last)
  if (isOpen && (yield* Random.next) >= options.switching) return last
  const reward = Number(agent.plan.solverRewardWei) / WEI
  const rivals = options.rivals === "proportional" ? agent.plan.solvers : undefined
  const profits = expectedProfits({ openings, reward, yieldOf: experience.yieldOf, rivals })
  const place = pick(choiceShares(profits, options.temperatureAtn), yield* Random.next)
  return place === undefined ? undefined : openings[place]?.capability
})

/** Before there is a past, the present is all that anybody knows. */
const expectedMultiplier = (
  expectation: MarketOptions["expectation"],
  past: readonly number[],
  current: number,
): number => {
  if (expectation === "current") return current
  if (expectation === "last") return past.at(-1) ?? current
  return [...past, current].reduce((sum, value) => sum + value, 0) / (past.length + 1)
}

/** The task that the fewest have committed to; of several one at random. */
const leastCrowded = Effect.fnUntraced(function* (agent: Agent, tasks: readonly TaskToSolve[]) {
  let least = Number.POSITIVE_INFINITY
  let emptiest: TaskToSolve[] = []
  for (const task of tasks) {
    const { length } = yield* agent.contracts.tasks.read.getCommittedSolvers([task.taskId])
    if (length > least) continue
    emptiest = length < least ? [task] : [...emptiest, task]
    least = length
  }
  return emptiest[Math.floor((yield* Random.next) * emptiest.length)]
})

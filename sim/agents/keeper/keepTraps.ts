/**
 * The life of a keeper. Before every task it commits to whether that task is trapped; one of its solver accounts then
 * hands in a known-bad result among the ordinary ones, or an honest one where there is no trap, so that its presence says
 * nothing. After the vote it opens every commitment.
 */
import { Effect, Random, Schema } from "effect"
import { maxUint256, type Address, type Hex } from "viem"
import { interpolatedPoint } from "../../../ml/checkpoints/fabricate.ts"
import { applyUpdate, updateBetween } from "../../../ml/models/weightUpdate.ts"
import { decodeWeights } from "../../../ml/store/weightsDocument.ts"
import { PROBABILITY_ONE } from "../../mechanisms/forcedErrors.ts"
import type { Agent } from "../agent.ts"
import { HURRY } from "../priorityFee.ts"
import type { TrapPlan } from "../protocol/traps.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { latestGlobalModel } from "../steps/globalModel.ts"
import { stakeAs } from "../steps/join.ts"
import { trainForTask } from "../steps/leaveTrail.ts"
import { commitSolution, contentHashOf, revealSolution } from "../steps/submitSolution.ts"
import { ownExamples } from "../steps/ownExamples.ts"
import { readTask } from "../steps/readTask.ts"
import { unlessDiverged } from "../steps/unlessDiverged.ts"
import { encodeUpdate } from "../steps/taskDocuments.ts"
import { withDefault } from "../strategyOptions.ts"
import { badResult } from "./badResult.ts"

export const keeperOptions = {
  poolSize: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })).pipe(
    withDefault(4, "Solver accounts in use at a time; one is drawn for each task."),
  ),
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })).pipe(
    withDefault(
      8,
      "Solver accounts in all; one whose trap was opened is replaced by the next, as long as there are any.",
    ),
  ),
}

export interface KeeperOptions {
  readonly poolSize: number
  readonly accounts: number
}

/** What the keeper remembers about a task until its votes are in. */
interface Plan extends TrapPlan {
  /** The bad result, encoded; undefined where there is no trap. */
  readonly trap: Uint8Array | undefined
}

interface Plans {
  /** Tasks that a plan was begun for. */
  readonly begun: Set<bigint>
  readonly standing: Map<bigint, Plan>
}

/** Keeps traps on all tasks; `whenAnswered` may do something besides once a task has its account's answer. */
export const keepTraps = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  options: KeeperOptions,
  whenAnswered: (taskId: bigint, plan: TrapPlan) => Effect.Effect<unknown, E, R>,
) {
  const pool = agent.extraAccounts.slice(0, options.poolSize)
  const spare = agent.extraAccounts.slice(options.poolSize)
  const plans: Plans = { begun: new Set(), standing: new Map() }
  yield* Effect.forEach(
    agent.extraAccounts,
    (account) => agent.as(account, stakeAs(agent, "solver", agent.extraStakeWei)),
    {
      concurrency: "unbounded",
      discard: true,
    },
  )
  // Bonds come and go with every task; one allowance serves them all.
  yield* agent.contracts.token.write.approve([agent.contracts.forcedErrors.address, maxUint256])
  yield* planAhead(agent, pool, plans)
  const follow = Effect.fnUntraced(function* (taskId: bigint, specHash: Hex) {
    const plan = plans.standing.get(taskId)
    if (plan === undefined) return
    yield* agent.as(plan.account, answer(agent, taskId, specHash, plan))
    yield* whenAnswered(taskId, plan)
    yield* agent.protocol.traps.settle(taskId, plan)
    if (plan.trapped && spare.length > 0) replace(pool, plan.account, spare)
  })
  // Where traps are public the first solver may be the only one: preparing the next trap must not delay this one.
  const concurrency = agent.protocol.traps.areHidden ? 1 : 2
  yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId, specHash }) =>
    Effect.all([planAhead(agent, pool, plans), follow(taskId, specHash)], { concurrency, discard: true }),
  )
})

/** Rounds of tasks for which plans are kept ready; earlier ones would expire before their task. */
const ROUNDS_AHEAD = 1

/** Plans the tasks to come, so that none can be proposed before its plan stands. */
const planAhead = Effect.fnUntraced(function* (agent: Agent, pool: readonly Address[], plans: Plans) {
  const { tasks, forcedErrors } = agent.contracts
  const next = yield* tasks.read.nextTaskId([])
  const count = agent.plan.tasksPerRound * ROUNDS_AHEAD
  const ahead = Array.from({ length: count }, (_, offset) => next + BigInt(offset))
  const fresh = ahead.filter((taskId) => !plans.begun.has(taskId))
  for (const taskId of fresh) plans.begun.add(taskId)
  const probability = yield* forcedErrors.read.forcedErrorProbability([])
  yield* Effect.forEach(fresh, (taskId) => decide(agent, pool, plans, taskId, probability), {
    concurrency: "unbounded",
    discard: true,
  })
})

/**
 * Decides whether a task is trapped. Where the pool can't cover a jackpot, there is no plan; where no bad result comes
 * about, no trap.
 */
const decide = Effect.fnUntraced(function* (
  agent: Agent,
  pool: readonly Address[],
  plans: Plans,
  taskId: bigint,
  probability: bigint,
) {
  const drawn = BigInt(yield* Random.nextIntBetween(0, Number(PROBABILITY_ONE) - 1)) < probability
  const account = pool[yield* Random.nextIntBetween(0, pool.length - 1)] ?? agent.account
  const salt = yield* randomBytes32
  const trap = drawn ? yield* unlessDiverged(prepareTrap(agent, taskId)) : undefined
  const contentHash = trap === undefined ? undefined : contentHashOf(trap)
  const plan: Plan = { trapped: trap !== undefined, account, salt, trap, contentHash }
  if (yield* agent.protocol.traps.plan(taskId, plan)) plans.standing.set(taskId, plan)
})

const prepareTrap = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const base = yield* latestGlobalModel(agent)
  const values = yield* badResult(agent, base.weights, `trap/${taskId}`)
  return yield* encodeUpdate({ agent, values, samples: agent.shardIndices.length })
})

/**
 * Hands in the trap, or honest work, in the ordinary way and at an ordinary time. A trap that is public needs no
 * disguise: it is handed in at once and ahead of others in the block, because a set without hidden traps may take the
 * first solver only.
 */
const answer = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, specHash: Hex, plan: Plan) {
  const { areHidden, lay } = agent.protocol.traps
  const made = areHidden
    ? yield* unlessDiverged(inDisguise(agent, taskId, specHash, plan.trap))
    : { solution: plan.trap, trail: [] }
  if (made?.solution === undefined) return
  const { solution, trail } = made
  const hurry = areHidden ? {} : HURRY
  const sealed = yield* commitSolution(agent, taskId, solution, hurry)
  if (sealed === undefined || !(yield* lay(taskId, plan))) return
  yield* revealSolution(agent, sealed, solution, trail)
})

/**
 * The trap, or honest work, after the time that honest work takes; with the trail that the task wants, which for a trap
 * leads straight to it: an answer without one would be known for a trap without being evaluated.
 */
const inDisguise = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  specHash: Hex,
  trap: Uint8Array | undefined,
) {
  const task = yield* readTask(agent, specHash)
  if (task === undefined) return { solution: trap, trail: [] }
  const { specification, base } = task
  const own = ownExamples(agent, specification.module)
  // Who must answer every task trains on what it has.
  const examples = own.length > 0 ? own : agent.shardIndices
  const target = trap && applyUpdate(base.weights, decodeWeights(trap).values)
  // Trained for a trapped task too: an answer that came at once would give the trap away.
  const { weights, documents } = yield* trainForTask(
    agent,
    { taskId, base: base.weights, checkpoints: specification.checkpoints, examples },
    (point, steps) => {
      if (target === undefined) return point
      const hasVelocity = point.velocity !== undefined
      return interpolatedPoint({ base: base.weights, target, step: point.step, steps, hasVelocity })
    },
  )
  const values = updateBetween(base.weights, weights)
  const solution = trap ?? (yield* encodeUpdate({ agent, values, samples: examples.length }))
  return { solution, trail: documents }
})

const replace = (pool: Address[], used: Address, spare: Address[]): void => {
  const place = pool.indexOf(used)
  const fresh = spare.shift()
  if (place >= 0 && fresh !== undefined) pool[place] = fresh
}

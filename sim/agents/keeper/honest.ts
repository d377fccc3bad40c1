/**
 * Tests whether coordinators look. Before every task it commits to whether that task is trapped; one of its solver
 * accounts then hands in a known-bad result among the ordinary ones, or an honest one where there is no trap, so
 * that its presence says nothing. After the vote it opens every commitment.
 */
import { Effect, Random, Schema } from "effect"
import { maxUint256, type Address, type Hex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { PROBABILITY_ONE } from "../../mechanisms/forcedErrors.ts"
import type { Agent } from "../agent.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { latestGlobalModel, loadModel } from "../steps/globalModel.ts"
import { stakeAs } from "../steps/join.ts"
import { readSchedule } from "../steps/schedule.ts"
import { contentHashOf, submitSolution } from "../steps/submitSolution.ts"
import { encodeUpdate, loadSpecification } from "../steps/taskDocuments.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { badResult } from "./badResult.ts"

const Options = Schema.Struct({
  /** Solver accounts in use at a time; one is drawn for each task. */
  poolSize: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })).pipe(withDefault(4)),
  /** Solver accounts in all; one whose trap was opened is replaced by the next, as long as there are any. */
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })).pipe(withDefault(8)),
})

/** What the keeper remembers about a commitment until it opens it. */
interface Plan {
  readonly trapped: boolean
  readonly account: Address
  readonly salt: Hex
  /** The bad result, encoded; undefined where there is no trap. */
  readonly trap: Uint8Array | undefined
}

interface Plans {
  /** Tasks that a commitment was begun for. */
  readonly begun: Set<bigint>
  readonly committed: Map<bigint, Plan>
}

export const honestKeeper = defineStrategy({
  name: "keeper/honest",
  role: "keeper",
  description:
    "Commits to hidden traps before tasks, hands them in as ordinary solutions, opens them after the vote.",
  optionsSchema: Options,
  extraAccounts: ({ accounts }) => accounts,
  run: Effect.fnUntraced(function* (agent, options) {
    const pool = agent.extraAccounts.slice(0, options.poolSize)
    const spare = agent.extraAccounts.slice(options.poolSize)
    const plans: Plans = { begun: new Set(), committed: new Map() }
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
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId, specHash }) =>
      Effect.gen(function* () {
        yield* planAhead(agent, pool, plans)
        const plan = plans.committed.get(taskId)
        if (plan === undefined) return
        yield* agent.as(plan.account, answer(agent, taskId, specHash, plan))
        yield* open(agent, taskId, plan)
        if (plan.trapped && spare.length > 0) replace(pool, plan.account, spare)
      }),
    )
  }),
})

/** Rounds of tasks for which commitments are kept ready; earlier ones would expire before their task. */
const ROUNDS_AHEAD = 1

/** Commits for the tasks to come, so that none can be proposed before its commitment. */
const planAhead = Effect.fnUntraced(function* (agent: Agent, pool: readonly Address[], plans: Plans) {
  const { tasks, forcedErrors } = agent.contracts
  const next = yield* tasks.read.nextTaskId([])
  const count = agent.plan.tasksPerRound * ROUNDS_AHEAD
  const ahead = Array.from({ length: count }, (_, offset) => next + BigInt(offset))
  const fresh = ahead.filter((taskId) => !plans.begun.has(taskId))
  for (const taskId of fresh) plans.begun.add(taskId)
  const probability = yield* forcedErrors.read.forcedErrorProbability([])
  yield* Effect.forEach(fresh, (taskId) => commit(agent, pool, plans, taskId, probability), {
    concurrency: "unbounded",
    discard: true,
  })
})

/** Decides whether a task is trapped, and commits to it. Where the pool can't cover a jackpot, there is no plan. */
const commit = Effect.fnUntraced(function* (
  agent: Agent,
  pool: readonly Address[],
  plans: Plans,
  taskId: bigint,
  probability: bigint,
) {
  const { forcedErrors } = agent.contracts
  const trapped = BigInt(yield* Random.nextIntBetween(0, Number(PROBABILITY_ONE) - 1)) < probability
  const account = pool[yield* Random.nextIntBetween(0, pool.length - 1)] ?? agent.account
  const salt = yield* randomBytes32
  const trap = trapped ? yield* prepareTrap(agent, taskId) : undefined
  const plan: Plan = { trapped, account, salt, trap }
  const commitment = yield* forcedErrors.read.forcedErrorCommitmentFor(openingOf(taskId, plan))
  const committed = yield* expectRevert(forcedErrors.write.commitForcedError([taskId, commitment]))
  if (committed) plans.committed.set(taskId, plan)
})

const prepareTrap = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const base = yield* latestGlobalModel(agent)
  const values = yield* badResult(agent, base.weights, `trap/${taskId}`)
  return encodeUpdate({ agent, values, samples: agent.shardIndices.length })
})

/** Hands in the trap, or honest work, in the ordinary way and at an ordinary time. */
const answer = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, specHash: Hex, plan: Plan) {
  const specification = yield* loadSpecification(agent, specHash)
  const base = yield* loadModel(agent, specification.round - 1, specification.baseModel)
  // Trained for a trapped task too: an answer that came at once would give the trap away.
  const trained = yield* agent.work.train({ base: base.weights, seed: agent.trainingSeed(`task/${taskId}`) })
  const values = updateBetween(base.weights, trained.weights)
  yield* submitSolution(agent, taskId, plan.trap ?? encodeUpdate({ agent, values, samples: trained.samples }))
})

const open = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, plan: Plan) {
  const chain = yield* Chain
  const { voteRevealEnd } = yield* readSchedule(agent, taskId)
  yield* chain.awaitBlock(voteRevealEnd)
  yield* expectRevert(agent.contracts.forcedErrors.write.revealForcedError(openingOf(taskId, plan)))
})

const NO_HASH: Hex = `0x${"0".repeat(64)}`
const NOBODY: Address = `0x${"0".repeat(40)}`

const openingOf = (taskId: bigint, { trapped, trap, account, salt }: Plan) =>
  [
    taskId,
    trapped,
    trap === undefined ? NO_HASH : contentHashOf(trap),
    trapped ? account : NOBODY,
    salt,
  ] as const

const replace = (pool: Address[], used: Address, spare: Address[]): void => {
  const place = pool.indexOf(used)
  const fresh = spare.shift()
  if (place >= 0 && fresh !== undefined) pool[place] = fresh
}

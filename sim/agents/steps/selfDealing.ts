/**
 * Tasks whose proposer and solvers are one party: nobody else is invited, any answer passes, and the budget of a project
 * pays both sides. What it takes is a budget that the contracts let the proposer spend.
 */
import { Effect, Fiber } from "effect"
import { type Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { digestOfCid } from "../../../ml/store/cid.ts"
import { encodeGroundTruth, encodeTaskSpecification } from "../../../ml/store/taskDocuments.ts"
import { roleNumbers } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"
import { cidBeforeUpload } from "../work.ts"
import { randomBytes32, randomIndices } from "./draw.ts"
import { expectRevert, unlessReverted } from "./expectRevert.ts"
import { latestGlobalModel } from "./globalModel.ts"
import { stakeAs } from "./join.ts"
import { submitSolution } from "./submitSolution.ts"
import { encodeUpdate } from "./taskDocuments.ts"
import { wouldSucceed } from "./wouldSucceed.ts"
import { revealedHash } from "../revealedHash.ts"

/** What a party wants to be paid for nothing, and by whom. */
export interface SelfDeal {
  /** The project whose budget pays. */
  readonly projectId: bigint
  readonly tasks: number
  /** To the proposer, once a task. */
  readonly learnabilityRewardWei: bigint
  /** To each solver; halved until the budget can pay the task. */
  readonly solverRewardWei: bigint
  /** Accounts of the party that are staked as solvers. */
  readonly solvers: readonly Address[]
}

/** Stakes the agent as a proposer, and as many of its other accounts as it wants as solvers. */
export const joinAsRing = Effect.fnUntraced(function* (agent: Agent, solvers: number) {
  const ring = agent.extraAccounts.slice(0, solvers)
  const least = yield* agent.contracts.staking.read.minStakeAmount([roleNumbers.proposer])
  yield* stakeAs(agent, "proposer", agent.stakeWei > least ? agent.stakeWei : least)
  yield* Effect.forEach(ring, (account) => agent.as(account, stakeAs(agent, "solver", agent.extraStakeWei)), {
    concurrency: "unbounded",
    discard: true,
  })
  return ring
})

/** Proposes the tasks one after the other, as long as the budget pays for one, and plays all of them to their end. */
export const dealWithItself = Effect.fnUntraced(function* (agent: Agent, deal: SelfDeal) {
  const base = yield* latestGlobalModel(agent)
  const played = []
  for (let count = 0; count < deal.tasks; count++) {
    const task = yield* propose(agent, deal, base.cid)
    if (task === undefined) break
    played.push(yield* Effect.forkChild(play(agent, deal, task)))
  }
  for (const task of played) yield* Fiber.join(task)
})

interface OwnTask {
  readonly taskId: bigint
  readonly truth: Uint8Array
}

/** Undefined where no reward is small enough, or the project refuses the proposer. */
const propose = Effect.fnUntraced(function* (agent: Agent, deal: SelfDeal, baseModel: string) {
  const { contracts, work } = agent
  const specCid = yield* work.upload(yield* ownSpecification(agent, baseModel))
  const truth = yield* easyGroundTruth(agent)
  const hashes = [digestOfCid(specCid), revealedHash(cidBeforeUpload(truth))] as const
  let { learnabilityRewardWei, solverRewardWei } = deal
  for (let halvings = 0; halvings < MOST_HALVINGS; halvings++) {
    const args = [deal.projectId, ...hashes, learnabilityRewardWei, solverRewardWei] as const
    if (yield* wouldSucceed(contracts.tasks.simulate.proposeTask(args))) {
      const receipt = yield* unlessReverted(contracts.tasks.write.proposeTask(args))
      if (receipt === undefined) return undefined
      const { taskId } = contracts.tasks.events.TaskProposed.find(receipt.logs)
      return { taskId, truth } satisfies OwnTask
    }
    learnabilityRewardWei /= 2n
    solverRewardWei /= 2n
  }
  return undefined
})

/** From a million ATN to less than one. */
const MOST_HALVINGS = 20

/** Commitments, reveals, panel, closing: everything by the book. */
const play = Effect.fnUntraced(function* (agent: Agent, deal: SelfDeal, { taskId, truth }: OwnTask) {
  const { protocol, contracts, work } = agent
  const chain = yield* Chain
  const values = new Float32Array(work.parameterCount)
  const nothing = yield* encodeUpdate({ agent, values, samples: 1 })
  const answers = yield* Effect.forEach(deal.solvers, (account) =>
    Effect.forkChild(agent.as(account, submitSolution(agent, taskId, nothing))),
  )
  const schedule = yield* protocol.timetable.of(taskId)
  yield* chain.awaitBlock(schedule.commitEnd)
  const truthCid = yield* work.upload(truth)
  yield* expectRevert(contracts.results.write.revealGroundTruth([taskId, truthCid]))
  yield* chain.awaitBlock(schedule.solutionEnd)
  for (const answer of answers) yield* Fiber.join(answer)
  yield* protocol.calls.summon(taskId)
  yield* protocol.settlement.close(taskId, schedule)
})

/** Invites nobody, belongs to no round, and lets everything pass. */
const ownSpecification = Effect.fnUntraced(function* ({ plan, protocol }: Agent, baseModel: string) {
  const { dataset, partition } = plan
  return encodeTaskSpecification({
    version: 1,
    module: plan.module,
    round: 0,
    baseModel,
    model: plan.model,
    hyperParameters: plan.training,
    data: {
      dataset: dataset.name,
      datasetHash: dataset.hash,
      split: "train",
      partition: partition.kind,
      parts: partition.parts,
      samplesPerPart: partition.samplesPerPart,
      seed: partition.seed,
      shards: [],
    },
    acceptance: { minimumScore: 0, toleranceBps: 10_000 },
    phases: yield* protocol.timetable.phases,
  })
})

/** Examples in a ground truth that one right answer satisfies: of so many even an untrained model has one right. */
const MOST_EXAMPLES = 100

/** One right answer earns the full score. */
const easyGroundTruth = Effect.fnUntraced(function* ({ plan }: Agent) {
  const { from, size } = plan.groundTruthPool
  const drawn = yield* randomIndices(size, Math.min(plan.evaluationExamples, MOST_EXAMPLES))
  const indices = drawn.map((index) => from + index)
  const total = indices.length
  return encodeGroundTruth({
    version: 1,
    dataset: plan.dataset.name,
    datasetHash: plan.dataset.hash,
    split: "test",
    indices,
    threshold: { correct: 1, total },
    base: { correct: 0, total },
    salt: yield* randomBytes32,
  })
})

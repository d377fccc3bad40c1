/**
 * The life of a proposer. It proposes the tasks that fall to it, each with a ground truth of its own: an evaluation set that no solver
 * holds, and the accuracy that a reference trained on its own shard reaches. Keeps every deadline, and closes its
 * tasks so that everybody is paid.
 */
import { Effect } from "effect"
import { digestOfCid } from "../../../ml/store/cid.ts"
import { encodeGroundTruth, encodeTaskSpecification } from "../../../ml/store/taskDocuments.ts"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Capability } from "../capability.ts"
import { carriedOut } from "../decisionRefused.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { ownExamples } from "../steps/ownExamples.ts"
import { awaitGlobalModel, type GlobalModel } from "../steps/globalModel.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { persistently } from "../steps/persistently.ts"
import { unlessDiverged } from "../steps/unlessDiverged.ts"
import { cidBeforeUpload } from "../work.ts"
import { chooseCapability } from "./chooseCapability.ts"
import { honestWays, NO_SALT, type Ways } from "./ways.ts"
import { placesOf, invitedShards } from "./placeOfTask.ts"
import { revealedHash } from "../revealedHash.ts"

/** A task that this agent has just proposed. */
export interface ProposedTask {
  readonly taskId: bigint
  /** The hidden document: nobody else knows it until it is revealed. */
  readonly truth: Uint8Array
}

/** Stakes, then proposes the tasks of every round; `whenProposed` may do something besides with each; `about`: see `capabilityOption`. */
export const proposeTasks = <E, R>(
  agent: Agent,
  whenProposed: (task: ProposedTask) => Effect.Effect<void, E, R>,
  about = "rotation",
  ways: Ways = honestWays,
) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "proposer", agent.stakeWei)
    const chain = yield* Chain
    yield* chain.awaitBlock(agent.plan.startBlock)
    for (let round = 1; round <= agent.plan.rounds; round++) {
      const base = yield* awaitGlobalModel(agent, round - 1)
      const places = placesOf(agent, round)
      yield* Effect.forEach(
        places,
        (place) => runTask(agent, base, { round, place, about, ways, whenProposed }),
        {
          concurrency: "unbounded",
          discard: true,
        },
      )
      yield* topUpStake(agent)
    }
  })

interface TaskToPropose<E, R> {
  readonly round: number
  /** Counts the tasks of all rounds from 0. */
  readonly place: number
  readonly about: string
  readonly ways: Ways
  readonly whenProposed: (task: ProposedTask) => Effect.Effect<void, E, R>
}

/** One task from its proposal to its closing. */
const runTask = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  base: GlobalModel,
  { round, place, about, ways, whenProposed }: TaskToPropose<E, R>,
) {
  const { plan, work, contracts, protocol } = agent
  const chain = yield* Chain
  const capability = yield* chooseCapability(agent, about, place)
  const truth = yield* unlessDiverged(makeGroundTruth(agent, base, { capability, place, ways }))
  // Where the reference diverges nobody can say what a task asks for: the round goes on without it.
  if (truth === undefined) return
  const specification = encodeTaskSpecification({
    version: 1,
    module: capability.name,
    round,
    baseModel: base.cid,
    model: plan.model,
    hyperParameters: plan.training,
    data: {
      dataset: plan.dataset.name,
      datasetHash: plan.dataset.hash,
      split: "train",
      partition: plan.partition.kind,
      parts: plan.partition.parts,
      samplesPerPart: plan.partition.samplesPerPart,
      seed: plan.partition.seed,
      shards: invitedShards(plan, place),
    },
    ...(plan.checkpoints === undefined || !protocol.checkpoints.areKept
      ? {}
      : { checkpoints: plan.checkpoints }),
    acceptance: plan.acceptance,
    phases: yield* protocol.timetable.phases,
  })
  const specCid = yield* work.upload(specification)
  const committed = ways.commitTo(cidBeforeUpload(truth))
  const receipt = yield* protocol.modules.propose({
    capability,
    specHash: digestOfCid(specCid),
    groundTruthHash: revealedHash(committed),
  })
  // The project's budget may be spent: then there is no task, and the round goes on without it.
  if (receipt === undefined) return
  const { taskId } = contracts.tasks.events.TaskProposed.find(receipt.logs)
  yield* carriedOut(`what ${agent.name}'s whenProposed gives back`, whenProposed({ taskId, truth }))
  const schedule = yield* protocol.timetable.of(taskId)

  yield* chain.awaitBlock(schedule.commitEnd)
  if (ways.uploads) yield* work.upload(truth)
  const { write, simulate } = contracts.results
  const shown = [taskId, committed] as const
  if (ways.reveals) yield* persistently(write.revealGroundTruth(shown), simulate.revealGroundTruth(shown))
  if (!ways.closes) return
  yield* chain.awaitBlock(schedule.solutionEnd)
  yield* protocol.calls.summon(taskId)
  yield* protocol.settlement.close(taskId, schedule)
})

interface TruthToMake {
  readonly capability: Capability
  readonly place: number
  readonly ways: Ways
}

/** An evaluation set, usually drawn from the held-out split, and what base and reference reach on it. */
const makeGroundTruth = Effect.fnUntraced(function* (
  agent: Agent,
  base: GlobalModel,
  { capability, place, ways }: TruthToMake,
) {
  const { plan, work } = agent
  const { classes } = capability
  const seed = agent.trainingSeed(`reference/${place}`)
  const examples = ownExamples(agent, capability.name)
  // Without an example of the capability the best reference is the base itself.
  const trained =
    examples.length === 0
      ? base
      : yield* work.train({ base: base.weights, seed, data: { dataset: plan.dataset, indices: examples } })
  const indices = yield* ways.examples(agent, capability)
  const measuredBase = yield* work.evaluate({ base: base.weights, indices, classes })
  const update = updateBetween(base.weights, trained.weights)
  const measured = yield* work.evaluate({ base: base.weights, update, indices, classes })
  return encodeGroundTruth({
    version: 1,
    dataset: plan.dataset.name,
    datasetHash: plan.dataset.hash,
    split: "test",
    indices,
    threshold: { correct: Math.max(1, measured.correct), total: measured.total },
    base: { correct: measuredBase.correct, total: measuredBase.total },
    salt: ways.salted ? yield* randomBytes32 : NO_SALT,
  })
})

/** From a scenario's terms to what agents know about the training campaign, and the shards of the training data. */
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { groundTruthPool } from "../../ml/evaluation/groundTruthPool.ts"
import { nameOfModel, type ModelSpec } from "../../ml/models/model.ts"
import { ModelSpecInvalid } from "../../ml/models/modelErrors.ts"
import { surrogateOf } from "../../ml/models/surrogate.ts"
import { partition, type PartitionKind } from "../../ml/partition/partition.ts"
import { deriveStream } from "../kernel/randomStream.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import { phasesOf, taskBlocks } from "../mechanisms/taskCycle.ts"
import { modelOfChoice } from "../scenario/modelOfChoice.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { membersOf, type CastMember } from "./cast.ts"
import { moduleIdAt } from "./registerCapabilities.ts"

/** The only project of a run: contracts number from 1. */
export const PROJECT_ID = 1n

/** Blocks that a round may last beyond its tasks: training, proposing, closing and publishing. */
const ROUND_SLACK_BLOCKS = 60n

/** The model that a scenario trains on a data set, or its stand-in. Throws `ModelSpecInvalid`. */
export const modelOf = ({ ml, learning }: Scenario, dataset: Dataset): ModelSpec => {
  const model = modelOfChoice(learning.model, dataset)
  if (ml === "real") return model
  if (model.kind === "mlp") return surrogateOf(model, dataset.name)
  throw new ModelSpecInvalid({ problem: `no surrogate stands in for ${nameOfModel(model)}` })
}

const wholeModel = ({ learning }: Scenario): string => `${learning.dataset}-classification`

/** Those of the scenario, in the order of their registration; else one of all classes that nobody registered. */
const capabilitiesOf = (scenario: Scenario): TrainingPlan["capabilities"] => {
  const [first, ...others] = (scenario.learning.capabilities ?? []).map(({ name, labels }, place) => {
    return { name, moduleId: moduleIdAt(place), classes: labels }
  })
  const whole = { name: wholeModel(scenario), moduleId: 0n, classes: undefined }
  return first === undefined ? [whole] : [first, ...others]
}

export const trainingPlanOf = (options: {
  readonly scenario: Scenario
  readonly seed: string
  readonly cast: readonly CastMember[]
  readonly dataset: Dataset
  /** Content identifier of the global model of round 0. */
  readonly initialModel: string
}): TrainingPlan => {
  const { scenario, seed, cast, dataset, initialModel } = options
  const { learning, tasks } = scenario
  const evaluationExamples = Math.min(learning.evaluationExamples, dataset.test.size)
  return {
    projectId: PROJECT_ID,
    initialModel,
    module: wholeModel(scenario),
    capabilities: capabilitiesOf(scenario),
    rounds: scenario.rounds,
    tasksPerRound: tasks.perRound,
    solversPerTask: tasks.solversPerTask,
    invite: tasks.invite,
    startBlock: BigInt(tasks.startBlock),
    proposers: membersOf(cast, "proposer").length,
    solvers: membersOf(cast, "solver").length,
    solverRewardWei: tasks.solverRewardWei,
    learnabilityRewardWei: tasks.learnabilityRewardWei,
    dataset,
    model: modelOf(scenario, dataset),
    training: {
      epochs: learning.epochs,
      batchSize: learning.batchSize,
      learningRate: learning.learningRate,
      momentum: learning.momentum,
      proximal: learning.proximal,
    },
    aggregation: learning.aggregation,
    checkpoints: learning.checkpoints ?? undefined,
    partition: {
      kind: partitionKindOf(learning.partition),
      parts: trainersOf(cast).length,
      samplesPerPart: learning.samplesPerSolver,
      seed,
    },
    evaluationExamples,
    groundTruthPool: groundTruthPool({ ...learning, evaluationExamples, splitSize: dataset.test.size }),
    acceptance: {
      minimumScore: learning.acceptance.minScore,
      toleranceBps: learning.acceptance.toleranceBps,
    },
    phases: phasesOf(scenario.parameters),
    inferencePriceWei: scenario.money.inferencePriceWei,
    roundLimitBlocks: taskBlocks(scenario.parameters) + ROUND_SLACK_BLOCKS,
    storage: { providers: membersOf(cast, "provider").length },
  }
}

/** Agents that hold a shard, in the order of shards: solvers first, since tasks invite them by number. */
export const trainersOf = (cast: readonly CastMember[]): readonly CastMember[] => [
  ...membersOf(cast, "solver"),
  ...membersOf(cast, "proposer"),
  ...membersOf(cast, "keeper"),
]

/** Deals the training split: one shard per trainer, disjoint, from a stream of the run's seed. */
export const shardsOf = ({ dataset, partition: { kind, parts, samplesPerPart, seed } }: TrainingPlan) =>
  // Where nobody trains there is nothing to deal: a run may be about votes alone.
  parts === 0
    ? []
    : partition(kind, {
        labels: dataset.train.labels,
        parts,
        samplesPerPart,
        stream: deriveStream(seed, "ml/partition"),
      })

const partitionKindOf = (kind: Scenario["learning"]["partition"]): PartitionKind =>
  kind.kind === "byLabel" ? { kind: "byLabel", slicesPerPart: kind.labelsPerSolver } : kind

/** What is really true of a submission: the task's own rule on the whole held-out set, unseen by agents. */
import { Effect } from "effect"
import { judge, type Counts } from "../../ml/acceptance.ts"
import type { Learning } from "../../ml/learning.ts"
import { parameterCount } from "../../ml/models/model.ts"
import { applyUpdate } from "../../ml/models/weightUpdate.ts"
import type { ContentStore } from "../../ml/store/contentStore.ts"
import type { GroundTruth, TaskSpecification } from "../../ml/store/taskDocuments.ts"
import { decodeWeights, type WeightsDocument } from "../../ml/store/weightsDocument.ts"
import { capabilityNamed, examplesOf, type Capability } from "../agents/capability.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"

export interface Truth {
  /** Null where there is nothing that could be evaluated. */
  readonly correct: boolean | null
  readonly nearThreshold: boolean
  readonly accuracy: number | null
  /** On the task's own evaluation set, as coordinators find it that look at all of it. */
  readonly taskAccuracy: number | null
}

/** Examples of the held-out split that the simulator measures by; undefined for all of them. */
export type HeldOut = Uint32Array | undefined

/** The first `examples` of the held-out split. */
export const heldOutOf = (examples: number, splitSize: number): HeldOut =>
  examples >= splitSize ? undefined : Uint32Array.from({ length: examples }, (_, index) => index)

/** Those of the examples that the simulator measures by that a capability is about. */
export const heldOutFor = (plan: TrainingPlan, capability: Capability, heldOut: HeldOut): HeldOut => {
  if (capability.classes === undefined) return heldOut
  const { labels, size } = plan.dataset.test
  return examplesOf(capability, labels, heldOut ?? Uint32Array.from({ length: size }, (_, index) => index))
}

/** How good a model really is. */
export const measureAccuracy = (options: {
  readonly plan: TrainingPlan
  readonly learning: Learning["Service"]
  readonly weights: Float32Array
  readonly heldOut: HeldOut
  /** Classes between which the model chooses; undefined for all. */
  readonly classes?: readonly number[] | undefined
}) => {
  const { plan, learning, weights, heldOut, classes } = options
  return learning.evaluate({
    model: plan.model,
    weights,
    dataset: plan.dataset,
    ...(heldOut === undefined ? {} : { indices: heldOut }),
    ...(classes === undefined ? {} : { classes }),
  })
}

export const unknownTruth: Truth = { correct: null, nearThreshold: false, accuracy: null, taskAccuracy: null }

/** What cannot be read as an update of the model is no solution. */
const noSolution: Truth = { correct: false, nearThreshold: false, accuracy: null, taskAccuracy: null }

/** One percentage point of accuracy. */
const NEAR = 0.01

export const truthOf = Effect.fnUntraced(function* (options: {
  readonly plan: TrainingPlan
  readonly store: ContentStore
  readonly learning: Learning["Service"]
  readonly specification: TaskSpecification
  readonly groundTruth: GroundTruth
  readonly solution: string
  readonly heldOut: HeldOut
}) {
  const { plan, store, learning, specification, groundTruth, solution } = options
  const capability = capabilityNamed(plan, specification.module)
  // A proposer may ask for what the project is not about.
  if (capability === undefined) return unknownTruth
  const { classes } = capability
  const heldOut = heldOutFor(plan, capability, options.heldOut)
  const base = readWeights(store, specification.baseModel, "model")
  // A proposer may name a model that nobody has.
  if (base?.length !== parameterCount(plan.model)) return unknownTruth
  const update = readWeights(store, solution, "update")
  if (update?.length !== base.length) return noSolution
  const onAll = (weights: Float32Array) => measureAccuracy({ plan, learning, weights, heldOut, classes })
  const measuredBase = yield* onAll(base)
  const accuracy = yield* onAll(applyUpdate(base, update))
  const examples = Uint32Array.from(groundTruth.indices)
  const onTask = yield* measureAccuracy({
    plan,
    learning,
    weights: applyUpdate(base, update),
    heldOut: examples,
    classes,
  }).pipe(
    Effect.map(({ accuracy }) => accuracy),
    // A proposer may name examples that don't exist.
    Effect.catchTags({ ExampleOutOfRange: () => Effect.succeed(null) }),
  )
  const { threshold } = groundTruth
  const judgement = judge({ accuracy, threshold, base: measuredBase }, specification.acceptance)
  const needed = neededAccuracy(threshold, measuredBase, specification.acceptance)
  return {
    correct: judgement.correct,
    nearThreshold: Math.abs(accuracy.accuracy - needed) <= NEAR,
    accuracy: accuracy.accuracy,
    taskAccuracy: onTask,
  } satisfies Truth
})

/** The accuracy at which the rule changes its mind: the larger of its two conditions. */
const neededAccuracy = (
  threshold: Counts,
  base: Counts,
  rule: { readonly minimumScore: number; readonly toleranceBps: number },
): number =>
  Math.max(
    ((rule.minimumScore / 100) * threshold.correct) / threshold.total,
    base.correct / base.total - rule.toleranceBps / 10_000,
  )

const readWeights = (
  store: ContentStore,
  cid: string,
  kind: WeightsDocument["kind"],
): Float32Array | undefined => {
  try {
    const document = decodeWeights(store.get(cid))
    return document.kind === kind ? document.values : undefined
  } catch {
    // Whatever somebody put under its identifier, or nothing at all.
    return undefined
  }
}

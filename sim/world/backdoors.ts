/** How well backdoors work that somebody in the cast tries to plant. */
import { Effect } from "effect"
import type { EvaluationError, Learning } from "../../ml/learning.ts"
import { triggeredTest, type Trigger } from "../../ml/poisoning/backdoor.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import type { CastMember } from "./cast.ts"
import type { HeldOut } from "./truth.ts"

/**
 * The share of held-out examples of other classes that a model takes for the target when they carry the trigger; of
 * several triggers the most successful. Undefined where nobody plants any.
 */
export const backdoorMeasureOf = (options: {
  readonly cast: readonly CastMember[]
  readonly plan: TrainingPlan
  readonly learning: Learning["Service"]
  readonly heldOut: HeldOut
}): ((weights: Float32Array) => Effect.Effect<number | undefined, EvaluationError>) => {
  const { cast, plan, learning, heldOut } = options
  const sets = triggersOf(cast).map((trigger) => triggeredTest(plan.dataset, trigger, heldOut))
  return Effect.fnUntraced(function* (weights) {
    let most: number | undefined
    for (const dataset of sets) {
      const { accuracy } = yield* learning.evaluate({ model: plan.model, weights, dataset })
      most = Math.max(most ?? 0, accuracy)
    }
    return most
  })
}

/** Each once, in the order of the cast. */
const triggersOf = (cast: readonly CastMember[]): readonly Trigger[] => {
  const triggers = new Map<string, Trigger>()
  for (const { strategy, options } of cast) {
    const planted = strategy.plants?.(options)
    if (planted === undefined) continue
    const { target, patchPixels } = planted
    triggers.set(canonicalJson({ target, patchPixels }), { target, patchPixels })
  }
  return [...triggers.values()]
}

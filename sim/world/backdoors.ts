/** How well backdoors work that somebody in the cast tries to plant, or that the scenario asks about. */
import { Effect } from "effect"
import type { EvaluationError, Learning } from "../../ml/learning.ts"
import { triggeredTest, untriggeredTest, type Trigger } from "../../ml/poisoning/backdoor.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import type { RoundResult } from "../results/runResult.ts"
import type { CastMember } from "./cast.ts"
import type { HeldOut } from "./truth.ts"

/** Both or none: `backdoorBaseRate` is what `backdoorSuccess` is to be held against. */
export type BackdoorMeasure = Pick<RoundResult, "backdoorSuccess" | "backdoorBaseRate">

/**
 * Two shares of the held-out examples of other classes that a model takes for the target: with the trigger, and as they
 * are. The trigger is the one that is `asked` about; otherwise of those that are planted the most successful. Nothing
 * where there is none.
 */
export const backdoorMeasureOf = (options: {
  readonly asked: Trigger | undefined
  readonly cast: readonly CastMember[]
  readonly plan: TrainingPlan
  readonly learning: Learning["Service"]
  readonly heldOut: HeldOut
}): ((weights: Float32Array) => Effect.Effect<BackdoorMeasure, EvaluationError>) => {
  const { asked, cast, plan, learning, heldOut } = options
  const triggers = asked === undefined ? triggersOf(cast) : [asked]
  const sets = triggers
    .map((trigger) => ({
      triggered: triggeredTest(plan.dataset, trigger, heldOut),
      untriggered: untriggeredTest(plan.dataset, trigger, heldOut),
    }))
    // A small held-out set may have no example of another class.
    .filter(({ triggered }) => triggered.test.size > 0)
  return Effect.fnUntraced(function* (weights) {
    let most: BackdoorMeasure = {}
    for (const { triggered, untriggered } of sets) {
      const success = (yield* learning.evaluate({ model: plan.model, weights, dataset: triggered })).accuracy
      if (most.backdoorSuccess !== undefined && success <= most.backdoorSuccess) continue
      const base = yield* learning.evaluate({ model: plan.model, weights, dataset: untriggered })
      most = { backdoorSuccess: success, backdoorBaseRate: base.accuracy }
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

/** The float64 references of all kinds of real model, by specification. */
import type { ModelSpec } from "../../ml/models/model.ts"
import { referenceCnnGradient, referenceCnnLoss } from "./referenceCnn.ts"
import { referenceGradient, referenceLoss, type Example } from "./referenceMlp.ts"

/** Mean cross-entropy in nats. */
export const lossOf = (spec: ModelSpec, weights: Float64Array, examples: readonly Example[]): number => {
  switch (spec.kind) {
    case "mlp":
      return referenceLoss(spec, weights, examples)
    case "cnn":
      return referenceCnnLoss(spec, weights, examples)
    case "surrogate":
      throw new TypeError("a surrogate has no reference in float64")
  }
}

/** Gradient of the mean loss, flat like the weights. */
export const gradientOf = (
  spec: ModelSpec,
  weights: Float64Array,
  examples: readonly Example[],
): Float64Array => {
  switch (spec.kind) {
    case "mlp":
      return referenceGradient(spec, weights, examples)
    case "cnn":
      return referenceCnnGradient(spec, weights, examples)
    case "surrogate":
      throw new TypeError("a surrogate has no gradient")
  }
}

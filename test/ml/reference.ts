/** The float64 references of all kinds of model, by specification. */
import type { ModelSpec } from "../../ml/models/model.ts"
import { referenceCnnGradient, referenceCnnLoss } from "./referenceCnn.ts"
import { referenceGradient, referenceLoss, type Example } from "./referenceMlp.ts"

/** Mean cross-entropy in nats. */
export const lossOf = (spec: ModelSpec, weights: Float64Array, examples: readonly Example[]): number =>
  spec.kind === "mlp" ? referenceLoss(spec, weights, examples) : referenceCnnLoss(spec, weights, examples)

/** Gradient of the mean loss, flat like the weights. */
export const gradientOf = (
  spec: ModelSpec,
  weights: Float64Array,
  examples: readonly Example[],
): Float64Array =>
  spec.kind === "mlp"
    ? referenceGradient(spec, weights, examples)
    : referenceCnnGradient(spec, weights, examples)

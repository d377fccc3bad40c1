/**
 * A kind of model on tensors: what training and evaluation need of it, and all they know about it.
 *
 * Loss, optimiser, order of examples and counting of right answers are the same for all kinds and lie outside.
 */
import type * as tf from "@tensorflow/tfjs-core"

/** What training changes: one tensor a layer, in the kind's own layout. The owner disposes of them. */
export type WeightTensors = readonly tf.Tensor[]

export interface ForwardPass {
  /** classes × examples */
  readonly logits: tf.Tensor2D
  /** Gradients at the weights, for a given gradient at the logits, classes × examples. Call inside the same `tf.tidy`. */
  readonly backward: (logitGradient: tf.Tensor2D) => tf.Tensor[]
}

export interface Evaluator {
  /** Of rows as in `Batch`: examples × (inputs + 1) to examples × classes. Call inside `tf.tidy`. */
  readonly logits: (rows: tf.Tensor2D) => tf.Tensor2D
  readonly dispose: () => void
}

export interface Network {
  /** Flat weights as tensors. */
  readonly toTensors: (weights: Float32Array) => WeightTensors
  /** Tensors, of weights or of their gradients, as one new flat array. */
  readonly toWeights: (tensors: WeightTensors) => Float32Array
  /** Forward pass of training on rows as in `Batch`. Call inside `tf.tidy`. */
  readonly forward: (tensors: WeightTensors, rows: tf.Tensor2D) => ForwardPass
  /** Weights made ready for many forward passes. */
  readonly evaluator: (weights: Float32Array) => Evaluator
}

export const disposeTensors = (tensors: WeightTensors | undefined): void => {
  tensors?.forEach((tensor) => tensor.dispose())
}

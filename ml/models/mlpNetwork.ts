import * as tf from "@tensorflow/tfjs-core"
import type { MlpSpec } from "./mlp.ts"
import {
  backward,
  forward,
  logitsOfRows,
  tensorsToWeights,
  transposeLayers,
  weightsToTensors,
  type LayerTensors,
} from "./mlpTensors.ts"
import { disposeTensors, type Network } from "./network.ts"

/** The multi-layer perceptron as a network. */
export const mlpNetwork = (spec: MlpSpec): Network => ({
  toTensors: (weights) => weightsToTensors(spec, weights),
  toWeights: (tensors) => tensorsToWeights(spec, tensors as LayerTensors),
  forward: (tensors, rows) => {
    const layers = tensors as LayerTensors
    const activations = forward(layers, tf.transpose(rows))
    return {
      logits: activations.logits,
      backward: (logitGradient) => backward(layers, activations, rows, logitGradient),
    }
  },
  evaluator: (weights) => {
    const layers = weightsToTensors(spec, weights)
    const transposed = transposeLayers(layers)
    disposeTensors(layers)
    return {
      logits: (rows) => logitsOfRows(transposed, rows),
      dispose: () => disposeTensors(transposed),
    }
  },
})

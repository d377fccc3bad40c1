/** Kernels of our own for the WebAssembly backend: one that it lacks, two that it has as slow plain loops. */
import * as tf from "@tensorflow/tfjs-core"
import { conv2dBackpropFilter } from "./conv2dBackpropFilter.ts"
import { conv2dBackpropInput } from "./conv2dBackpropInput.ts"
import { maxPoolGrad } from "./maxPoolGrad.ts"
import { kernelNamed } from "./wasmKernel.ts"

/** Call once, when the backend runs. */
export const registerKernels = (): void => {
  const stockInput = kernelNamed(tf.Conv2DBackpropInput)
  for (const name of [tf.Conv2DBackpropInput, tf.MaxPoolGrad]) tf.unregisterKernel(name, "wasm")
  for (const kernel of [conv2dBackpropFilter, conv2dBackpropInput(stockInput), maxPoolGrad]) {
    tf.registerKernel(kernel)
  }
}

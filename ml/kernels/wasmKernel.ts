/** What kernels of our own need from the WebAssembly backend, and how they run its stock kernels. */
import * as tf from "@tensorflow/tfjs-core"
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm"
import { Schema } from "effect"

export type Backend = BackendWasm

/** A call that a kernel of ours does not do. */
export class KernelRefusal extends Schema.TaggedError<KernelRefusal>()("KernelRefusal", {
  kernel: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${this.kernel}: ${this.problem}`
  }
}

/** What a kernel is called with; `Attributes` are those of tfjs for its name. */
export interface KernelCall<Input extends string, Attributes> {
  readonly inputs: Readonly<Record<Input, tf.TensorInfo>>
  readonly backend: Backend
  readonly attrs: Attributes
}

/** The kernel that the backend has under this name at the moment. */
export const kernelNamed = (name: string): tf.KernelConfig => {
  const kernel = tf.getKernel(name, "wasm")
  if (kernel === null || kernel === undefined) {
    throw new KernelRefusal({ kernel: name, problem: "the WebAssembly backend has no such kernel" })
  }
  return kernel
}

/** Runs a kernel that has one output. The caller disposes of it with `backend.disposeData`. */
export const runKernelOf = (
  kernel: tf.KernelConfig,
  backend: Backend,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attrs: object = {},
): tf.TensorInfo => kernel.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo

/**
 * A tensor's numbers where they lie. The next allocation may grow the memory and detach the view: allocate all
 * tensors first.
 */
export const numbersOf = (backend: Backend, tensor: tf.TensorInfo): Float32Array =>
  backend.typedArrayFromHeap(tensor) as Float32Array

/** Throws `KernelRefusal` unless all tensors hold float32 and the channels come last. */
export const checkFloatsChannelsLast = (
  kernel: string,
  tensors: readonly tf.TensorInfo[],
  dataFormat: "NHWC" | "NCHW" | undefined,
): void => {
  for (const { dtype } of tensors) {
    if (dtype !== "float32") throw new KernelRefusal({ kernel, problem: `takes float32, not ${dtype}` })
  }
  if (dataFormat === "NCHW") {
    throw new KernelRefusal({ kernel, problem: "takes NHWC (channels last), not NCHW" })
  }
}

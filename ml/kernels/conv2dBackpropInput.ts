/**
 * `Conv2DBackpropInput` for stride 1: the gradient at a convolution's input is a convolution itself, of the gradient
 * at the output with the filter turned round and its channels swapped. The backend's own kernel is written as plain
 * loops, several times slower than its convolution; other strides are left to it.
 */
import {
  backend_util,
  Conv2D,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from "@tensorflow/tfjs-core"
import { kernelNamed, numbersOf, runKernelOf, type Backend, type KernelCall } from "./wasmKernel.ts"

type Call = KernelCall<"dy" | "filter", Conv2DBackpropInputAttrs>

/** The kernel, with the one that takes what it does not do. */
export const conv2dBackpropInput = (stock: KernelConfig): KernelConfig => ({
  kernelName: Conv2DBackpropInput,
  backendName: "wasm",
  kernelFunc: ((call: Call): TensorInfo => {
    const padding = paddingOf(call)
    if (padding === undefined) return runKernelOf(stock, call.backend, { ...call.inputs }, call.attrs)
    const { dy, filter } = call.inputs
    const turned = turnRound(call.backend, filter)
    const attributes = { strides: 1, dilations: 1, pad: padding, dataFormat: "NHWC" }
    const gradient = runKernelOf(kernelNamed(Conv2D), call.backend, { x: dy, filter: turned }, attributes)
    call.backend.disposeData(turned.dataId)
    return gradient
  }) as unknown as KernelFunc,
})

/** Padding with which the convolution gives the input's size; undefined where it can't. */
const paddingOf = ({ inputs, attrs }: Call): backend_util.ExplicitPadding | undefined => {
  const { inputShape, strides, pad, dimRoundingMode, dataFormat } = attrs
  const isFloat = inputs.dy.dtype === "float32" && inputs.filter.dtype === "float32"
  if (dataFormat !== "NHWC" || [strides].flat().some((stride) => stride !== 1) || !isFloat) return undefined
  const filterShape = inputs.filter.shape as [number, number, number, number]
  const info = backend_util.computeConv2DInfo(inputShape, filterShape, 1, 1, pad, dimRoundingMode)
  const top = info.filterHeight - 1 - info.padInfo.top
  const left = info.filterWidth - 1 - info.padInfo.left
  const bottom = info.inHeight + info.filterHeight - 1 - info.outHeight - top
  const right = info.inWidth + info.filterWidth - 1 - info.outWidth - left
  if (Math.min(top, left, bottom, right) < 0) return undefined
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/** The filter with both spatial axes reversed and its channels swapped. */
const turnRound = (backend: Backend, filter: TensorInfo): TensorInfo => {
  const [height, width, inChannels, outChannels] = filter.shape as [number, number, number, number]
  const turned = backend.makeOutput([height, width, outChannels, inChannels], "float32")
  const source = numbersOf(backend, filter)
  const target = numbersOf(backend, turned)
  const taps = height * width
  const size = inChannels * outChannels
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * size
    let to = (taps - 1 - tap) * size
    for (let out = 0; out < outChannels; out++) {
      for (let at = from + out; at < from + size; at += outChannels) target[to++] = source[at]!
    }
  }
  return turned
}

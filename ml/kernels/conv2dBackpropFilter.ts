/**
 * `Conv2DBackpropFilter`, which the WebAssembly backend lacks: the gradient of a convolution's filter, as patches of
 * the input times the gradient at the output, with the backend's own matrix product.
 *
 * Any strides and padding; channels last; dilation 1, as tfjs's own gradient of a convolution asks.
 */
import {
  Add,
  backend_util,
  BatchMatMul,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from "@tensorflow/tfjs-core"
import { positionsOf, tapsOf, writePatchColumns } from "./patchColumns.ts"
import {
  checkFloatsChannelsLast,
  kernelNamed,
  KernelRefusal,
  numbersOf,
  runKernelOf,
  type Backend,
  type KernelCall,
} from "./wasmKernel.ts"

/** Numbers in the largest matrix of patches, 8 MB: more examples are worked through in turn and added up. */
const LARGEST_COLUMNS = 2 ** 21

const kernel = ({
  inputs,
  backend,
  attrs,
}: KernelCall<"x" | "dy", Conv2DBackpropFilterAttrs>): TensorInfo => {
  const { x, dy } = inputs
  checkFloatsChannelsLast(Conv2DBackpropFilter, [x, dy], attrs.dataFormat)
  const info = infoOf(x, dy, attrs)
  const perProduct = Math.max(1, Math.floor(LARGEST_COLUMNS / (tapsOf(info) * positionsOf(info))))
  let sum: TensorInfo | undefined
  for (let from = 0; from < info.batchSize; from += perProduct) {
    const to = Math.min(from + perProduct, info.batchSize)
    const part = gradientOfExamples(backend, info, x, dy, from, to)
    const before = sum
    if (before === undefined) sum = part
    else {
      sum = runKernelOf(kernelNamed(Add), backend, { a: before, b: part })
      for (const { dataId } of [before, part]) backend.disposeData(dataId)
    }
  }
  if (sum === undefined)
    throw new KernelRefusal({ kernel: Conv2DBackpropFilter, problem: "there are no examples" })
  return { ...sum, shape: [...info.filterShape] }
}

const infoOf = (
  x: TensorInfo,
  dy: TensorInfo,
  attrs: Conv2DBackpropFilterAttrs & { readonly dilations?: number | readonly [number, number] },
): backend_util.Conv2DInfo => {
  const { strides, pad, dimRoundingMode, filterShape, dilations = 1 } = attrs
  if ([dilations].flat().some((dilation) => dilation !== 1)) {
    throw new KernelRefusal({
      kernel: Conv2DBackpropFilter,
      problem: `takes dilation 1, not ${String(dilations)}`,
    })
  }
  const info = backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  )
  if (dy.shape.join() !== info.outShape.join()) {
    const problem = `the gradient at the output has shape ${dy.shape.join(" × ")}, expected ${info.outShape.join(" × ")}`
    throw new KernelRefusal({ kernel: Conv2DBackpropFilter, problem })
  }
  return info
}

/** What examples `from` to `to` add to the gradient: taps × outChannels, which is the filter's own order. */
const gradientOfExamples = (
  backend: Backend,
  info: backend_util.Conv2DInfo,
  x: TensorInfo,
  dy: TensorInfo,
  from: number,
  to: number,
): TensorInfo => {
  const { outChannels } = info
  const positions = (to - from) * positionsOf(info)
  const columns = backend.makeOutput([tapsOf(info), positions], "float32")
  // A tensor of their own: the backend keeps a right operand's packed form as long as the tensor lives.
  const gradients = backend.makeOutput([positions, outChannels], "float32")
  const start = from * positionsOf(info) * outChannels
  numbersOf(backend, gradients).set(numbersOf(backend, dy).subarray(start, start + positions * outChannels))
  writePatchColumns(info, numbersOf(backend, x), numbersOf(backend, columns), from, to)
  const product = runKernelOf(
    kernelNamed(BatchMatMul),
    backend,
    { a: columns, b: gradients },
    { transposeA: false, transposeB: false },
  )
  for (const { dataId } of [columns, gradients]) backend.disposeData(dataId)
  return product
}

export const conv2dBackpropFilter: KernelConfig = {
  kernelName: Conv2DBackpropFilter,
  backendName: "wasm",
  kernelFunc: kernel as unknown as KernelFunc,
}

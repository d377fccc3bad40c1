/**
 * `MaxPoolGrad`: the gradient goes to the first of a window's largest inputs, in row-major order. The backend's own
 * kernel looks at the whole window of every input; this one looks once at every window.
 */
import {
  backend_util,
  MaxPoolGrad,
  type KernelConfig,
  type KernelFunc,
  type MaxPoolGradAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core"
import { checkFloatsChannelsLast, numbersOf, type KernelCall } from "./wasmKernel.ts"

const kernel = ({
  inputs,
  backend,
  attrs,
}: KernelCall<"dy" | "input" | "output", MaxPoolGradAttrs>): TensorInfo => {
  const { dy, input, output } = inputs
  checkFloatsChannelsLast(MaxPoolGrad, [dy, input, output], undefined)
  const { filterSize, strides, pad, dimRoundingMode } = attrs
  const shape = input.shape as [number, number, number, number]
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode)
  const dx = backend.makeOutput(shape, "float32")
  const passed = numbersOf(backend, dx).fill(0)
  const values = numbersOf(backend, input)
  const largest = numbersOf(backend, output)
  const gradients = numbersOf(backend, dy)
  const corners = new Int32Array(info.filterHeight * info.filterWidth)
  let from = 0
  for (let example = 0; example < info.batchSize; example++) {
    for (let row = 0; row < info.outHeight; row++) {
      for (let column = 0; column < info.outWidth; column++, from += info.outChannels) {
        const count = findCorners(info, corners, example, row, column)
        for (let channel = 0; channel < info.outChannels; channel++) {
          const top = largest[from + channel]!
          let corner = 0
          while (corner < count && values[corners[corner]! + channel] !== top) corner++
          // None is the largest where a value is not a number.
          if (corner < count) passed[corners[corner]! + channel]! += gradients[from + channel]!
        }
      }
    }
  }
  return dx
}

/** Writes where the channels of a window's inputs start, in row-major order; returns how many inputs it has. */
const findCorners = (
  info: backend_util.Conv2DInfo,
  corners: Int32Array,
  example: number,
  row: number,
  column: number,
): number => {
  const { inHeight, inWidth, inChannels, padInfo } = info
  const top = row * info.strideHeight - padInfo.top
  const left = column * info.strideWidth - padInfo.left
  const bottom = Math.min(inHeight, top + info.filterHeight)
  const right = Math.min(inWidth, left + info.filterWidth)
  let count = 0
  for (let y = Math.max(0, top); y < bottom; y++) {
    for (let x = Math.max(0, left); x < right; x++) {
      corners[count++] = ((example * inHeight + y) * inWidth + x) * inChannels
    }
  }
  return count
}

export const maxPoolGrad: KernelConfig = {
  kernelName: MaxPoolGrad,
  backendName: "wasm",
  kernelFunc: kernel as unknown as KernelFunc,
}

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
  const { inChannels } = info
  let at = 0
  forEachWindow(info, (corners) => {
    for (let channel = 0; channel < inChannels; channel++, at++) {
      const top = largest[at]!
      for (const corner of corners) {
        if (values[corner + channel] === top) {
          passed[corner + channel]! += gradients[at]!
          break
        }
      }
    }
  })
  return dx
}

/** Calls `visit` for every window, outputs in order, with where its inputs' channels start, in row-major order. */
const forEachWindow = (info: backend_util.Conv2DInfo, visit: (corners: readonly number[]) => void): void => {
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels, padInfo } = info
  const corners: number[] = []
  for (let example = 0; example < batchSize; example++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * info.strideHeight - padInfo.top
      for (let column = 0; column < outWidth; column++) {
        const left = column * info.strideWidth - padInfo.left
        corners.length = 0
        for (let y = Math.max(0, top); y < Math.min(inHeight, top + info.filterHeight); y++) {
          for (let x = Math.max(0, left); x < Math.min(inWidth, left + info.filterWidth); x++) {
            corners.push(((example * inHeight + y) * inWidth + x) * inChannels)
          }
        }
        visit(corners)
      }
    }
  }
}

export const maxPoolGrad: KernelConfig = {
  kernelName: MaxPoolGrad,
  backendName: "wasm",
  kernelFunc: kernel as unknown as KernelFunc,
}

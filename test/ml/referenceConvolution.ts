/** Convolution, pooling and their gradients in float64 and plain loops: what kernels and networks are compared with. */
import type { backend_util } from "@tensorflow/tfjs-core"

type Info = backend_util.Conv2DInfo
type Numbers = ArrayLike<number>

/** Calls `visit` for every product that a convolution adds up, with the places of input, filter and output. */
const forEachProduct = (info: Info, visit: (input: number, filter: number, output: number) => void): void => {
  for (let example = 0; example < info.batchSize; example++) {
    forEachTap(info, example, (position, inputPixel, tap) => {
      for (let c = 0; c < info.inChannels; c++) {
        for (let k = 0; k < info.outChannels; k++) {
          visit(
            inputPixel * info.inChannels + c,
            (tap * info.inChannels + c) * info.outChannels + k,
            position * info.outChannels + k,
          )
        }
      }
    })
  }
}

/** Calls `visit` for every output position of an example and every tap of its window that lies inside the input. */
const forEachTap = (
  info: Info,
  example: number,
  visit: (position: number, inputPixel: number, tap: number) => void,
): void => {
  for (let row = 0; row < info.outHeight; row++) {
    for (let column = 0; column < info.outWidth; column++) {
      for (let i = 0; i < info.filterHeight; i++) {
        for (let j = 0; j < info.filterWidth; j++) {
          const y = row * info.strideHeight - info.padInfo.top + i
          const x = column * info.strideWidth - info.padInfo.left + j
          if (y < 0 || x < 0 || y >= info.inHeight || x >= info.inWidth) continue
          const position = (example * info.outHeight + row) * info.outWidth + column
          visit(position, (example * info.inHeight + y) * info.inWidth + x, i * info.filterWidth + j)
        }
      }
    }
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

export const referenceConvolution = (info: Info, input: Numbers, filter: Numbers): Float64Array => {
  const sums = new Float64Array(sizeOf(info.outShape))
  forEachProduct(info, (i, f, o) => {
    sums[o]! += input[i]! * filter[f]!
  })
  return sums
}

export const referenceFilterGradient = (info: Info, input: Numbers, gradient: Numbers): Float64Array => {
  const sums = new Float64Array(sizeOf(info.filterShape))
  forEachProduct(info, (i, f, o) => {
    sums[f]! += input[i]! * gradient[o]!
  })
  return sums
}

export const referenceInputGradient = (info: Info, filter: Numbers, gradient: Numbers): Float64Array => {
  const sums = new Float64Array(sizeOf(info.inShape))
  forEachProduct(info, (i, f, o) => {
    sums[i]! += filter[f]! * gradient[o]!
  })
  return sums
}

/** For each output the place of the first largest input of its window, in row-major order. */
export const referenceMaxima = (info: Info, input: Numbers): Int32Array => {
  const places = new Int32Array(sizeOf(info.outShape)).fill(-1)
  for (let example = 0; example < info.batchSize; example++) {
    forEachTap(info, example, (position, inputPixel) => {
      for (let c = 0; c < info.inChannels; c++) {
        const output = position * info.inChannels + c
        const place = inputPixel * info.inChannels + c
        if (places[output]! < 0 || input[place]! > input[places[output]!]!) places[output] = place
      }
    })
  }
  return places
}

/**
 * Patches of images as the rows of a matrix (im2col, transposed): row (i, j, c) holds, for every output position of
 * every example, the input that the filter's tap (i, j) meets there in channel c.
 *
 * The matrix times the gradients at the outputs is then the gradient of the filter, as it lies in memory.
 */
import type { backend_util } from "@tensorflow/tfjs-core"

type ConvolutionInfo = backend_util.Conv2DInfo

/** Rows of the matrix: filterHeight · filterWidth · channels. */
export const tapsOf = (info: ConvolutionInfo): number =>
  info.filterHeight * info.filterWidth * info.inChannels

/** Columns of the matrix that one example makes. */
export const positionsOf = (info: ConvolutionInfo): number => info.outHeight * info.outWidth

/** Writes the patches of examples `from` to `to` into `columns`: taps × ((to − from) · positions), row-major. */
export const writePatchColumns = (
  info: ConvolutionInfo,
  images: Float32Array,
  columns: Float32Array,
  from: number,
  to: number,
): void => {
  const { filterHeight, filterWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info
  const examples = to - from
  const { planes, height, width } = paddedPlanes(info, images, from, to)
  let at = 0
  for (let i = 0; i < filterHeight; i++) {
    for (let j = 0; j < filterWidth; j++) {
      for (let channel = 0; channel < inChannels; channel++) {
        for (let example = 0; example < examples; example++) {
          let row = ((channel * examples + example) * height + i) * width + j
          for (let y = 0; y < outHeight; y++, row += strideHeight * width) {
            const end = row + outWidth * strideWidth
            for (let source = row; source < end; source += strideWidth) columns[at++] = planes[source]!
          }
        }
      }
    }
  }
}

/** The images channel by channel, zero-padded: so that taps read in a row and never ask whether they are outside. */
const paddedPlanes = (info: ConvolutionInfo, images: Float32Array, from: number, to: number) => {
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth, outHeight, outWidth, padInfo } = info
  const examples = to - from
  // Rounding may leave inputs at the end that no tap reaches; what taps reach is what counts.
  const height = Math.max((outHeight - 1) * info.strideHeight + filterHeight, padInfo.top + inHeight)
  const width = Math.max((outWidth - 1) * info.strideWidth + filterWidth, padInfo.left + inWidth)
  const planes = new Float32Array(inChannels * examples * height * width)
  for (let channel = 0; channel < inChannels; channel++) {
    for (let example = 0; example < examples; example++) {
      for (let y = 0; y < inHeight; y++) {
        let source = ((from + example) * inHeight + y) * inWidth * inChannels + channel
        const start = ((channel * examples + example) * height + padInfo.top + y) * width + padInfo.left
        for (let target = start; target < start + inWidth; target++, source += inChannels) {
          planes[target] = images[source]!
        }
      }
    }
  }
  return { planes, height, width }
}

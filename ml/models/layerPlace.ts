/**
 * Where layers lie in a model's flat weights. Every layer, of whichever kind, is one outputs × (inputs + 1) matrix in
 * row-major order whose last column is the bias; layers follow each other without gaps.
 */

export interface LayerPlace {
  /** Values that one output is computed from, without the bias. */
  readonly inputs: number
  readonly outputs: number
  readonly offset: number
  /** outputs × (inputs + 1) */
  readonly length: number
  /** inputs + outputs as Glorot and Bengio (2010) count them: connections into and out of a unit. */
  readonly fans: number
}

/** Places of layers of these sizes, the first at 0. */
export const placeLayers = (
  layers: readonly { readonly inputs: number; readonly outputs: number; readonly fans?: number }[],
): readonly LayerPlace[] => {
  let offset = 0
  return layers.map(({ inputs, outputs, fans = inputs + outputs }) => {
    const place = { inputs, outputs, offset, length: (inputs + 1) * outputs, fans }
    offset += place.length
    return place
  })
}

/** Where layers lie in a model's flat weights: layers follow each other without gaps, see `model.ts`. */

export interface LayerPlace {
  /** Values that one output is computed from, without the bias. */
  readonly inputs: number
  readonly outputs: number
  readonly offset: number
  /** (inputs + 1) · outputs */
  readonly length: number
  /** Connections into a unit and out of it, added up: what Glorot and Bengio (2010) scale initial weights by. */
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

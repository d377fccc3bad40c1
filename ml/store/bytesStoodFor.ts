import { parameterCount } from "../models/model.ts"
import { stoodFor } from "../models/surrogate.ts"
import { DocumentMalformed } from "./documentMalformed.ts"
import { decodeWeights } from "./weightsDocument.ts"

const BYTES_PER_WEIGHT = 4

/**
 * Bytes that a document would have if no surrogate stood in: what uploading and keeping it takes. A document that holds
 * no surrogate's weights stands for itself.
 */
export const bytesStoodFor = (bytes: Uint8Array): number => {
  const model = modelIn(bytes)
  if (model?.kind !== "surrogate") return bytes.length
  return bytes.length + BYTES_PER_WEIGHT * (parameterCount(stoodFor(model)) - parameterCount(model))
}

const modelIn = (bytes: Uint8Array) => {
  try {
    return decodeWeights(bytes).model
  } catch (error) {
    if (error instanceof DocumentMalformed) return undefined
    throw error
  }
}

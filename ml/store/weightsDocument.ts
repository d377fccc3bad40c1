/** Weights as bytes: of a global model, or of a solver's update. `framedNumbers.ts` has the layout. */
import { Schema } from "effect"
import { parameterCount } from "../models/model.ts"
import { ModelSpecSchema } from "../models/modelSchema.ts"
import { framedNumbers } from "./framedNumbers.ts"

const Header = Schema.Struct({
  /** `model`: the weights themselves. `update`: to be added to the base. */
  kind: Schema.Literals(["model", "update"]),
  model: ModelSpecSchema,
  /** Round that the weights were made in; 0 is the initial model. */
  round: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Examples behind them: the weight in an average. */
  samples: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Content identifier of the model that an update starts from; null for a model. */
  base: Schema.NullOr(Schema.String),
  /** What a solver says of its own update, in bps; nothing in the protocol asks for it or proves it. */
  claimedAccuracyBps: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }))),
})

export type WeightsDocument = typeof Header.Type & { readonly values: Float32Array }

const frame = framedNumbers({
  document: "weights document",
  magic: "ATNW",
  version: 1,
  header: Header,
  valuesOf: ({ model }) => parameterCount(model),
})

/** Throws `DocumentMalformed` if the values don't fit the model or are not finite. */
export const encodeWeights = ({ values, ...header }: WeightsDocument): Uint8Array =>
  frame.encode(header, values)

/** By the bytes as an object: everyone who judges a solution decodes the same ones. */
const decoded = new WeakMap<Uint8Array, WeightsDocument>()

/** The inverse of `encodeWeights`. Don't write to `bytes` or to the values afterwards. Throws `DocumentMalformed`. */
export const decodeWeights = (bytes: Uint8Array): WeightsDocument => {
  const known = decoded.get(bytes)
  if (known !== undefined) return known
  const { header, values } = frame.decode(bytes)
  const document = { ...header, values }
  decoded.set(bytes, document)
  return document
}

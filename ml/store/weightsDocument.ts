/**
 * Weights as bytes: of a global model, or of a solver's update.
 *
 *     offset 0   "ATNW"
 *            4   version, uint32 little-endian: 1
 *            8   length h of the header, uint32 little-endian, a multiple of 4
 *           12   header: canonical JSON in UTF-8, padded with spaces
 *       12 + h   the values, float32 little-endian
 *
 * Canonical: equal documents have equal bytes, and nothing else decodes to them.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { parameterCount, type ModelSpec } from "../models/model.ts"
import { ModelSpecSchema } from "../models/modelSchema.ts"
import { DocumentMalformed } from "./documentMalformed.ts"

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
})

export type WeightsDocument = typeof Header.Type & { readonly values: Float32Array }

const MAGIC = "ATNW"
const VERSION = 1
const PREFIX_BYTES = 12
/** Longest header that is read: far above any real one. */
const HEADER_LIMIT_BYTES = 4_096

/** Throws `DocumentMalformed` if the values don't fit the model or are not finite. */
export const encodeWeights = (document: WeightsDocument): Uint8Array => {
  const { values, ...fields } = document
  checkValues(document.model, values)
  const text = canonicalJson(fields)
  const length = Math.ceil(Buffer.byteLength(text) / 4) * 4
  const bytes = new Uint8Array(PREFIX_BYTES + length + 4 * values.length)
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + length)
  bytes.set(new TextEncoder().encode(MAGIC))
  bytes.set(new TextEncoder().encode(text), PREFIX_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(4, VERSION, true)
  view.setUint32(8, length, true)
  const from = PREFIX_BYTES + length
  values.forEach((value, i) => view.setFloat32(from + 4 * i, value, true))
  return bytes
}

/** By the bytes as an object: everyone who judges a solution decodes the same ones. */
const decoded = new WeakMap<Uint8Array, WeightsDocument>()

/** The inverse of `encodeWeights`. Don't write to `bytes` or to the values afterwards. Throws `DocumentMalformed`. */
export const decodeWeights = (bytes: Uint8Array): WeightsDocument => {
  const known = decoded.get(bytes)
  if (known !== undefined) return known
  const document = decodeAnew(bytes)
  decoded.set(bytes, document)
  return document
}

const decodeAnew = (bytes: Uint8Array): WeightsDocument => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREFIX_BYTES || Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== MAGIC) {
    throw malformed(`it does not start with ${MAGIC}`)
  }
  const version = view.getUint32(4, true)
  if (version !== VERSION) throw malformed(`its version is ${version}, expected ${VERSION}`)
  const length = view.getUint32(8, true)
  const from = PREFIX_BYTES + length
  if (length > HEADER_LIMIT_BYTES || length % 4 !== 0 || from > bytes.length) {
    throw malformed(`its header's length, ${length}, is impossible`)
  }
  const header = decodeHeader(bytes.subarray(PREFIX_BYTES, from))
  const expected = from + 4 * parameterCount(header.model)
  if (bytes.length !== expected)
    throw malformed(`it has ${bytes.length} bytes, its header asks for ${expected}`)
  const values = new Float32Array((bytes.length - from) / 4)
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(from + 4 * i, true)
  checkValues(header.model, values)
  return { ...header, values }
}

const decodeHeader = (bytes: Uint8Array): typeof Header.Type => {
  const text = Buffer.from(bytes).toString("utf8")
  let header: typeof Header.Type
  try {
    header = Schema.decodeUnknownSync(Header)(JSON.parse(text), { onExcessProperty: "error" })
  } catch (error) {
    throw malformed(`its header is wrong: ${error instanceof Error ? error.message : String(error)}`)
  }
  const canonical = canonicalJson(header)
  const padded = canonical.padEnd(canonical.length + ((4 - (Buffer.byteLength(canonical) % 4)) % 4))
  if (padded !== text) throw malformed("its header is not canonical JSON")
  return header
}

const checkValues = (model: ModelSpec, values: Float32Array): void => {
  const expected = parameterCount(model)
  if (values.length !== expected) throw malformed(`it has ${values.length} values, its model has ${expected}`)
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) throw malformed(`value ${wrong} is ${values[wrong]}, expected a finite number`)
}

const malformed = (problem: string): DocumentMalformed =>
  new DocumentMalformed({ document: "weights document", problem })

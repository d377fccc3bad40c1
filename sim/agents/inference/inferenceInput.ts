/** What a user asks: of which class an example of the held-out split is. Content-addressed, paid for on chain. */
import { Effect, Schema } from "effect"
import { DocumentMalformed } from "../../../ml/store/documentMalformed.ts"
import { canonicalJson } from "../../kernel/canonicalJson.ts"
import { decoding } from "../steps/decoding.ts"

const InferenceInput = Schema.Struct({
  version: Schema.Literal(1),
  dataset: Schema.String,
  /** Of the test split. */
  example: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
})
export type InferenceInput = typeof InferenceInput.Type

/** Longest question that is read. */
const LIMIT_BYTES = 4096

export const encodeInferenceInput = (input: InferenceInput): Uint8Array =>
  new TextEncoder().encode(canonicalJson(input))

/** Fails with `DocumentMalformed`. */
export const decodeInferenceInput = (bytes: Uint8Array): Effect.Effect<InferenceInput, DocumentMalformed> =>
  decoding(() => {
    try {
      if (bytes.length > LIMIT_BYTES) throw new Error(`it has ${bytes.length} bytes`)
      const text = Buffer.from(bytes).toString("utf8")
      return Schema.decodeUnknownSync(InferenceInput)(JSON.parse(text))
    } catch (error) {
      throw new DocumentMalformed({ document: "inference input", problem: String(error) })
    }
  })

import { Effect } from "effect"
import { DocumentMalformed } from "../../../ml/store/documentMalformed.ts"

/** Decoders and encoders throw; here what they throw for bad content becomes a failure that a strategy can handle. */
export const decoding = <A>(decode: () => A): Effect.Effect<A, DocumentMalformed> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(decode())
    } catch (error) {
      if (error instanceof DocumentMalformed) return Effect.fail(error)
      throw error
    }
  })

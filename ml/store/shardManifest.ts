/**
 * The manifest of a model in shards, as canonical JSON in the store: which content the shards restore, and their
 * hashes. Its content identifier is registered on chain.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { DocumentMalformed } from "./documentMalformed.ts"

const Bytes32 = Schema.TemplateLiteral(["0x", Schema.String]).check(Schema.isPattern(/^0x[0-9a-f]{64}$/))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

export const ShardManifest = Schema.Struct({
  version: Schema.Literal(1),
  /** Content identifier of the model. */
  model: Schema.NonEmptyString,
  totalSize: Count,
  shardSize: Count,
  dataShards: Count,
  chunkBytes: Count,
  /** Hashes of all shards in order, data shards first. */
  shards: Schema.Array(Bytes32).check(Schema.isMinLength(1)),
})
export type ShardManifest = typeof ShardManifest.Type

export const encodeShardManifest = (manifest: ShardManifest): Uint8Array =>
  new TextEncoder().encode(canonicalJson(manifest))

/** Throws `DocumentMalformed`. */
export const decodeShardManifest = (bytes: Uint8Array): ShardManifest => {
  try {
    return Schema.decodeUnknownSync(ShardManifest)(JSON.parse(Buffer.from(bytes).toString("utf8")), {
      onExcessProperty: "error",
    })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new DocumentMalformed({ document: "shard manifest", problem })
  }
}

/**
 * Content identifiers: CIDv1, codec raw, SHA-256, base32 (`bafkrei…`), as `ipfs add --cid-version 1 --raw-leaves`
 * names a small file. The identifier is what goes on chain; its digest is the hash that contracts compare.
 */
import { Schema } from "effect"
import { CID } from "multiformats/cid"
import { create as createDigest } from "multiformats/hashes/digest"
import { sha256Hex } from "../../sim/kernel/hash.ts"

/** Text form of a content identifier. */
export type Cid = string

/** A text that is no identifier of this store. */
export class CidMalformed extends Schema.TaggedError<CidMalformed>()("CidMalformed", {
  cid: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${JSON.stringify(this.cid)} is no content identifier: ${this.problem}; expected CIDv1, raw, sha2-256, like bafkrei…`
  }
}

const RAW_CODEC = 0x55
const SHA2_256 = 0x12

/** Identifier of the bytes. */
export const cidOf = (bytes: Uint8Array): Cid => cidFromDigest(`0x${sha256Hex(bytes)}`)

/** Identifier for a SHA-256 digest, 0x and 64 hex digits; the inverse of `digestOfCid`. Throws `CidMalformed`. */
export const cidFromDigest = (digest: string): Cid => {
  if (!/^0x[0-9a-f]{64}$/.test(digest)) {
    throw new CidMalformed({ cid: digest, problem: "a digest is 0x and 64 lower-case hex digits" })
  }
  const bytes = Uint8Array.from(Buffer.from(digest.slice(2), "hex"))
  return CID.createV1(RAW_CODEC, createDigest(SHA2_256, bytes)).toString()
}

/** The SHA-256 digest that the identifier carries, as bytes32 hex. Throws `CidMalformed`. */
export const digestOfCid = (cid: Cid): `0x${string}` => {
  const refuse = (problem: string): never => {
    throw new CidMalformed({ cid: cid.slice(0, 100), problem })
  }
  let parsed: CID
  try {
    parsed = CID.parse(cid)
  } catch {
    return refuse("it cannot be read")
  }
  if (parsed.version !== 1) refuse(`its version is ${parsed.version}`)
  if (parsed.code !== RAW_CODEC) refuse(`its codec is 0x${parsed.code.toString(16)}`)
  if (parsed.multihash.code !== SHA2_256) refuse(`its hash is 0x${parsed.multihash.code.toString(16)}`)
  if (parsed.multihash.size !== 32) refuse(`its digest has ${parsed.multihash.size} bytes`)
  if (parsed.toString() !== cid) refuse("it is not in base32 lower case")
  return `0x${Buffer.from(parsed.multihash.digest).toString("hex")}`
}

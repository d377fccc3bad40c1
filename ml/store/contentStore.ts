/**
 * Content-addressed store of a run, in memory: bytes under the hash of themselves.
 *
 * It stands for a storage network that never loses anything. Who pays for storage and how long an upload takes is
 * the caller's business.
 */
import { Schema } from "effect"
import { cidOf, digestOfCid, type Cid } from "./cid.ts"

/** Nothing was put under this identifier. */
export class ContentNotFound extends Schema.TaggedError<ContentNotFound>()("ContentNotFound", {
  cid: Schema.String,
}) {
  override get message(): string {
    return `the store holds nothing under ${this.cid}`
  }
}

/** Bytes do not have the hash that names them. */
export class ContentHashMismatch extends Schema.TaggedError<ContentHashMismatch>()("ContentHashMismatch", {
  expected: Schema.String,
  actual: Schema.String,
}) {
  override get message(): string {
    return `content named ${this.expected} has the hash of ${this.actual}: it was altered`
  }
}

/** The store is full. */
export class ContentStoreFull extends Schema.TaggedError<ContentStoreFull>()("ContentStoreFull", {
  limitBytes: Schema.Number,
  neededBytes: Schema.Number,
}) {
  override get message(): string {
    return `the store holds at most ${this.limitBytes} bytes; ${this.neededBytes} would be needed`
  }
}

export interface ContentStore {
  /** Keeps a copy and returns its identifier; putting the same bytes again changes nothing. Throws `ContentStoreFull`. */
  put(bytes: Uint8Array): Cid
  /** Bytes under the identifier, checked against it. Don't write to them. Throws `ContentNotFound`, `ContentHashMismatch`, `CidMalformed`. */
  get(cid: Cid): Uint8Array
  has(cid: Cid): boolean
  /** Number of distinct contents. */
  readonly count: number
  /** Sum of their lengths in bytes. */
  readonly bytes: number
}

/** Throws `ContentHashMismatch` unless `bytes` are what `cid` names. */
export const checkContent = (cid: Cid, bytes: Uint8Array): void => {
  const actual = cidOf(bytes)
  if (actual !== cid) throw new ContentHashMismatch({ expected: cid, actual })
}

/** An empty store. `limitBytes` bounds its memory; default 2 GiB. */
export const createContentStore = (options: { readonly limitBytes?: number } = {}): ContentStore => {
  const limitBytes = options.limitBytes ?? 2 * 1024 ** 3
  const contents = new Map<Cid, Uint8Array>()
  let held = 0
  return {
    put(bytes) {
      const cid = cidOf(bytes)
      if (!contents.has(cid)) {
        if (held + bytes.length > limitBytes) {
          throw new ContentStoreFull({ limitBytes, neededBytes: held + bytes.length })
        }
        contents.set(cid, Uint8Array.from(bytes))
        held += bytes.length
      }
      return cid
    },
    get(cid) {
      const bytes = contents.get(cid)
      if (bytes === undefined) {
        digestOfCid(cid)
        throw new ContentNotFound({ cid })
      }
      checkContent(cid, bytes)
      return bytes
    },
    has: (cid) => contents.has(cid),
    get count() {
      return contents.size
    },
    get bytes() {
      return held
    },
  }
}

/**
 * Documents that are a few facts and many numbers, as bytes:
 *
 *     offset 0   four letters: the kind of document
 *            4   version, uint32 little-endian
 *            8   length h of the header, uint32 little-endian, a multiple of 4
 *           12   header: canonical JSON in UTF-8, padded with spaces
 *       12 + h   the values, float32 little-endian
 *
 * Canonical: equal documents have equal bytes, and nothing else decodes to them.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { DocumentMalformed } from "./documentMalformed.ts"

export interface FrameOptions<Header> {
  /** How errors call such a document. */
  readonly document: string
  /** Four letters. */
  readonly magic: string
  readonly version: number
  readonly header: Schema.ConstraintDecoder<unknown> & Schema.Schema<Header>
  /** How many values a document with this header has. */
  readonly valuesOf: (header: Header) => number
}

export interface Frame<Header> {
  /** Throws `DocumentMalformed` if the values don't fit the header or are not finite. */
  readonly encode: (header: Header, values: Float32Array) => Uint8Array
  /** The inverse. Throws `DocumentMalformed`. */
  readonly decode: (bytes: Uint8Array) => { readonly header: Header; readonly values: Float32Array }
}

const PREFIX_BYTES = 12
/** Longest header that is read: far above any real one. */
const HEADER_LIMIT_BYTES = 4_096

export const framedNumbers = <Header>(options: FrameOptions<Header>): Frame<Header> => {
  const { document, magic, version, valuesOf } = options

  const malformed = (problem: string) => new DocumentMalformed({ document, problem })

  const checkValues = (header: Header, values: Float32Array): void => {
    const expected = valuesOf(header)
    if (values.length !== expected) {
      throw malformed(`it has ${values.length} values, its model has ${expected}`)
    }
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) throw malformed(`value ${wrong} is ${values[wrong]}, expected a finite number`)
  }

  const decodeHeader = (bytes: Uint8Array): Header => {
    const text = Buffer.from(bytes).toString("utf8")
    let header: Header
    try {
      header = Schema.decodeUnknownSync(options.header)(JSON.parse(text), { onExcessProperty: "error" })
    } catch (error) {
      throw malformed(`its header is wrong: ${error instanceof Error ? error.message : String(error)}`)
    }
    const canonical = canonicalJson(header)
    const padded = canonical.padEnd(canonical.length + ((4 - (Buffer.byteLength(canonical) % 4)) % 4))
    if (padded !== text) throw malformed("its header is not canonical JSON")
    return header
  }

  return {
    encode: (header, values) => {
      checkValues(header, values)
      const text = canonicalJson(header)
      const length = Math.ceil(Buffer.byteLength(text) / 4) * 4
      const bytes = new Uint8Array(PREFIX_BYTES + length + 4 * values.length)
      bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + length)
      bytes.set(new TextEncoder().encode(magic))
      bytes.set(new TextEncoder().encode(text), PREFIX_BYTES)
      const view = new DataView(bytes.buffer)
      view.setUint32(4, version, true)
      view.setUint32(8, length, true)
      const from = PREFIX_BYTES + length
      values.forEach((value, i) => view.setFloat32(from + 4 * i, value, true))
      return bytes
    },
    decode: (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (bytes.length < PREFIX_BYTES || Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== magic) {
        throw malformed(`it does not start with ${magic}`)
      }
      const stated = view.getUint32(4, true)
      if (stated !== version) throw malformed(`its version is ${stated}, expected ${version}`)
      const length = view.getUint32(8, true)
      const from = PREFIX_BYTES + length
      if (length > HEADER_LIMIT_BYTES || length % 4 !== 0 || from > bytes.length) {
        throw malformed(`its header's length, ${length}, is impossible`)
      }
      const header = decodeHeader(bytes.subarray(PREFIX_BYTES, from))
      const expected = from + 4 * valuesOf(header)
      if (bytes.length !== expected) {
        throw malformed(`it has ${bytes.length} bytes, its header asks for ${expected}`)
      }
      const values = new Float32Array((bytes.length - from) / 4)
      for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(from + 4 * i, true)
      checkValues(header, values)
      return { header, values }
    },
  }
}

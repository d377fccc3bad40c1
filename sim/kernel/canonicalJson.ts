/**
 * One value, one text: JSON with sorted keys, for hashing and comparing.
 *
 * - Keys are sorted by UTF-16 code units; properties whose value is `undefined` are left out.
 * - `bigint` becomes a decimal string, `Uint8Array` becomes 0x-hex: `1n` and `"1"` encode alike.
 * - `-0` encodes as `0`.
 */

/** What `canonicalJson` accepts. */
export type Canonical =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined }

/** Deeper nesting than this is taken for a cycle. */
const DEPTH_LIMIT = 64

/** A value that has no canonical encoding. The message says where it is (`$.votes[3]`), what it is and what would do. */
export class NotCanonical extends TypeError {
  readonly path: string
  constructor(path: string, found: string) {
    super(
      `canonicalJson: ${path} is ${found}; ` +
        "use null, boolean, finite number, bigint, string, Uint8Array, array or plain object",
    )
    this.name = "NotCanonical"
    this.path = path
  }
}

/** Canonical text of `value`. Throws `NotCanonical`. */
export const canonicalJson = (value: unknown): string => encode(value, undefined, 0)

/** The way back to the root, built only as a linked list so that the common path allocates next to nothing. */
interface Path {
  readonly parent: Path | undefined
  readonly key: string | number
}

const showPath = (path: Path | undefined): string => {
  const parts: string[] = []
  for (let at = path; at !== undefined; at = at.parent) {
    parts.push(typeof at.key === "number" ? `[${at.key}]` : `.${at.key}`)
  }
  return `$${parts.toReversed().join("")}`
}

const encode = (value: unknown, path: Path | undefined, depth: number): string => {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value)
    case "number":
      if (!Number.isFinite(value)) throw new NotCanonical(showPath(path), String(value))
      return JSON.stringify(value)
    case "boolean":
      return value ? "true" : "false"
    case "bigint":
      return `"${value}"`
    case "object":
      return value === null ? "null" : encodeObject(value, path, depth + 1)
    default:
      throw new NotCanonical(showPath(path), value === undefined ? "undefined" : `a ${typeof value}`)
  }
}

const encodeObject = (value: object, path: Path | undefined, depth: number): string => {
  if (depth > DEPTH_LIMIT) throw new NotCanonical(showPath(path), `nested more than ${DEPTH_LIMIT} deep`)
  if (Array.isArray(value)) return encodeArray(value, path, depth)
  if (value instanceof Uint8Array) return `"0x${Buffer.from(value).toString("hex")}"`
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotCanonical(showPath(path), `an instance of ${value.constructor?.name ?? "an unnamed class"}`)
  }
  let text = ""
  for (const key of Object.keys(value).sort()) {
    const item = (value as Record<string, unknown>)[key]
    if (item === undefined) continue
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${encode(item, { parent: path, key }, depth)}`
  }
  return `{${text}}`
}

const encodeArray = (value: readonly unknown[], path: Path | undefined, depth: number): string => {
  let text = ""
  for (let index = 0; index < value.length; index++) {
    text += `${index === 0 ? "" : ","}${encode(value[index], { parent: path, key: index }, depth)}`
  }
  return `[${text}]`
}

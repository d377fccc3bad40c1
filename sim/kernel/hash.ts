import { createHash } from "node:crypto"

/** SHA-256 of the bytes, or of the string's UTF-8, as 64 lower-case hex digits. */
export const sha256Hex = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex")

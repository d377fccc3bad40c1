/** Decodes `0x…` of even length, or returns undefined when it is no such thing. */
export const hexToBytes = (hex: string): Uint8Array | undefined => {
  if (!hex.startsWith("0x") || hex.length % 2 !== 0) return undefined
  const decoded = Buffer.from(hex.slice(2), "hex")
  return decoded.length * 2 + 2 === hex.length ? new Uint8Array(decoded) : undefined
}

import { keccak256, stringToHex, type Hex } from "viem"

/** What the contracts compare a text with that is revealed, such as the identifier of a solution: Keccak-256 of it. */
export const revealedHash = (text: string): Hex => keccak256(stringToHex(text))

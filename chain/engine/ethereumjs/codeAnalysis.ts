/** What the interpreter needs to know of a code before it runs it; computed once per code. */
import { bytesToWord } from "./words.ts"

export interface CodeAnalysis {
  /** 1 where a JUMPDEST stands that is not inside the data of a PUSH. */
  readonly jumpDestinations: Uint8Array
  /** The value that the PUSH at this position pushes; other positions are holes. */
  readonly pushedValues: readonly (bigint | undefined)[]
}

const jumpDestination = 0x5b
const push1 = 0x60
const push32 = 0x7f

const analyse = (code: Uint8Array): CodeAnalysis => {
  const jumpDestinations = new Uint8Array(code.length)
  const pushedValues = Array.from<bigint | undefined>({ length: code.length })
  for (let position = 0; position < code.length; position++) {
    const opcode = code[position] as number
    if (opcode === jumpDestination) jumpDestinations[position] = 1
    if (opcode < push1 || opcode > push32) continue
    const length = opcode - push1 + 1
    const data = code.subarray(position + 1, position + 1 + length)
    const missing = BigInt(8 * (length - data.length))
    pushedValues[position] = bytesToWord(data) << missing
    position += length
  }
  return { jumpDestinations, pushedValues }
}

const known = new WeakMap<Uint8Array, CodeAnalysis>()

/**
 * The analysis of a code. Kept per code object: the flat state has one object per code hash, so this is a
 * cache by code hash that never has to compute the hash.
 */
export const analysisOf = (code: Uint8Array): CodeAnalysis => {
  const cached = known.get(code)
  if (cached !== undefined) return cached
  const analysis = analyse(code)
  known.set(code, analysis)
  return analysis
}

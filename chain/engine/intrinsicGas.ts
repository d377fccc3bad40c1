import type { Hex } from "viem"

const baseGas = 21_000
const creationGas = 32_000
const zeroByteGas = 4
const otherByteGas = 16
const initCodeWordGas = 2

/** Gas that a Cancun transaction costs before its first opcode. */
export const intrinsicGasOf = (data: Hex, isCreation: boolean): bigint => {
  const bytes = (data.length - 2) / 2
  let gas = isCreation ? baseGas + creationGas + initCodeWordGas * Math.ceil(bytes / 32) : baseGas
  for (let at = 2; at < data.length; at += 2) {
    gas += data[at] === "0" && data[at + 1] === "0" ? zeroByteGas : otherByteGas
  }
  return BigInt(gas)
}

import type { AccessListEntry } from "./engine.ts"

const baseGas = 21_000
const creationGas = 32_000
const zeroByteGas = 4
const otherByteGas = 16
const initCodeWordGas = 2
const listedAddressGas = 2_400
const listedSlotGas = 1_900

/** Gas that a Cancun transaction costs before its first opcode. */
export const intrinsicGasOf = (
  data: Uint8Array,
  isCreation: boolean,
  accessList: readonly AccessListEntry[] = [],
): bigint => {
  let zeros = 0
  for (const byte of data) if (byte === 0) zeros++
  const dataGas = zeros * zeroByteGas + (data.length - zeros) * otherByteGas
  const creation = isCreation ? creationGas + initCodeWordGas * Math.ceil(data.length / 32) : 0
  let listed = 0
  for (const { storageKeys } of accessList) listed += listedAddressGas + storageKeys.length * listedSlotGas
  return BigInt(baseGas + creation + dataGas + listed)
}

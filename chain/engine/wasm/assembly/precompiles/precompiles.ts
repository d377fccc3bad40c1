/** Contracts at the addresses 1 to 10 (EIP-4844's point evaluation is the tenth), which run outside the machine. */
import { ADDRESS } from "../state/accounts"
import { clearOutput, setOutput } from "../machine/output"
import { precompile } from "./host"

export const lastPrecompile: u64 = 10
const identity: u32 = 4

export function isPrecompile(account: usize): bool {
  const low = load<u64>(account, ADDRESS)
  if (low == 0 || low > lastPrecompile) return false
  return (load<u64>(account, ADDRESS + 8) | load<u64>(account, ADDRESS + 16)) == 0
}

/** Leaves the output where RETURNDATACOPY reads it; gives the gas that is left, or -1 when the call fails. */
export function runPrecompile(account: usize, input: usize, size: u32, gas: i64): i64 {
  clearOutput()
  const address = <u32>load<u64>(account, ADDRESS)
  if (address == identity) return copyInput(input, size, gas)
  const left = precompile(address, input, size, gas)
  if (left < 0) clearOutput()
  return left
}

function copyInput(input: usize, size: u32, gas: i64): i64 {
  const left = gas - 15 - 3 * <i64>((size + 31) >> 5)
  if (left >= 0) setOutput(input, size)
  return left < 0 ? -1 : left
}

/**
 * EthereumJS 10.1.3 answers CREATE and CREATE2 of init code that begins with 0xef00 at once, without a nonce, a call or
 * its gas, as the object format of EIP-7692 would have it. Cancun has no such format: init code is code, and 0xef is an
 * invalid opcode that takes the creation's gas.
 */
import { type EVM, EVMError } from "@ethereumjs/evm"
import { bigIntToBytes, setLengthLeft } from "@ethereumjs/util"
import type { RunState } from "./frame.ts"

const maxInitCodeBytes = 49_152n

type Handler = (runState: RunState) => Promise<void>

interface Handlers {
  readonly _opcodeMap: { opHandler: Handler }[]
  readonly allowUnlimitedInitCodeSize: boolean
}

/** Changes this one EVM. */
export const letAnythingBeInitCode = (evm: EVM): void => {
  const { _opcodeMap: opcodes, allowUnlimitedInitCodeSize } = evm as unknown as Handlers
  const replace = (opcode: number, hasSalt: boolean): void => {
    const entry = opcodes[opcode]
    if (entry !== undefined)
      opcodes[opcode] = { ...entry, opHandler: creation(hasSalt, allowUnlimitedInitCodeSize) }
  }
  replace(0xf0, false)
  replace(0xf5, true)
}

/** As EthereumJS's handlers of Cancun, which charge the gas before, but for that one question. */
const creation = (hasSalt: boolean, anySize: boolean): Handler => {
  return async (runState) => {
    const { interpreter, stack, memory } = runState
    const [value, offset, length, salt] = stack.popN(hasSalt ? 4 : 3) as [bigint, bigint, bigint, bigint]
    if (length > maxInitCodeBytes && !anySize)
      throw new EVMError(EVMError.errorMessages.INITCODE_SIZE_VIOLATION)
    const gasLimit = runState.messageGasLimit as bigint
    delete runState.messageGasLimit
    const initCode = length === 0n ? new Uint8Array(0) : memory.read(Number(offset), Number(length), true)
    const saltBytes = hasSalt ? setLengthLeft(bigIntToBytes(salt), 32) : undefined
    stack.push(await interpreter.create(gasLimit, value, initCode, saltBytes))
  }
}

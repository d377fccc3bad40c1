/**
 * EthereumJS 10.1.3 takes what init code *reverts* with for code to deploy when its first byte is 0xef, and ends the
 * creation as "invalid bytecode deployed", all gas gone. EIP-3541 speaks of deployed code only. Here such data is kept
 * out of its sight until the creation is over.
 */
import type { EVM, EVMResult, ExecResult, Message } from "@ethereumjs/evm"

const refusedFirstByte = 0xef

interface Creating {
  runInterpreter: (message: Message & { readonly isCreate?: boolean }) => Promise<ExecResult>
  _executeCreate: (message: Message) => Promise<EVMResult>
}

/** Changes this one EVM. */
export const letCreationsRevert = (evm: EVM): void => {
  const creating = evm as unknown as Creating
  const runInterpreter = creating.runInterpreter.bind(evm)
  const executeCreate = creating._executeCreate.bind(evm)
  const hidden = new WeakMap<Uint8Array, Uint8Array>()

  creating.runInterpreter = async (message) => {
    const result = await runInterpreter(message)
    const isHidden = message.isCreate === true && result.exceptionError?.error === "revert"
    if (!isHidden || result.returnValue[0] !== refusedFirstByte) return result
    const nothing = new Uint8Array(0)
    hidden.set(nothing, result.returnValue)
    return { ...result, returnValue: nothing }
  }

  creating._executeCreate = async (message) => {
    const result = await executeCreate(message)
    const { execResult } = result
    const returnValue = hidden.get(execResult.returnValue)
    return returnValue === undefined ? result : { ...result, execResult: { ...execResult, returnValue } }
  }
}

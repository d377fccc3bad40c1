import type { EngineLog, Execution } from "../engine.ts"
import type { TransactionResult } from "./executeMessage.ts"
import { bytesToUnprefixed } from "./words.ts"

/** What a finished transaction means to the outside. */
export const toExecution = (result: TransactionResult): Execution => {
  const { exceptionError, returnValue, logs } = result.execResult
  const base = { gasUsed: result.gasUsed, returnData: hex(returnValue) }
  if (exceptionError === undefined) {
    const created =
      result.createdAddress === undefined ? {} : { createdAddress: hex(result.createdAddress.bytes) }
    return { status: "success", ...base, logs: (logs ?? []).map(toLog), ...created }
  }
  if (exceptionError.error === "revert") return { status: "reverted", ...base, logs: [] }
  // EthereumJS appends the place of an invalid jump; the kind of the halt is what callers compare.
  const reason = exceptionError.error.split(" at ")[0] as string
  return { status: "halted", ...base, returnData: "0x", logs: [], reason }
}

const hex = (bytes: Uint8Array): `0x${string}` => `0x${bytesToUnprefixed(bytes)}`

const toLog = ([address, topics, data]: readonly [Uint8Array, Uint8Array[], Uint8Array]): EngineLog => ({
  address: hex(address),
  topics: topics.map(hex),
  data: hex(data),
})

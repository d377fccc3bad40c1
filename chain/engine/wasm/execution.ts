/** What a finished transaction means to the outside. The numbers of halts are those of `assembly/machine/halts.ts`. */
import type { EngineLog, Execution, Hex } from "../engine.ts"
import type { Exchange } from "./exchange.ts"

const done = 2
const reverted = 3
const precompileFailed = 14

/** EthereumJS's words, which are those of every engine. */
const reasons: Readonly<Record<number, string>> = {
  4: "out of gas",
  5: "stack underflow",
  6: "stack overflow",
  7: "invalid JUMP",
  8: "invalid opcode",
  9: "static state change",
  10: "create collision",
  11: "initcode exceeds max initcode size",
  12: "code size to deposit exceeds maximum code size",
  13: "invalid bytecode deployed",
  15: "out of memory",
  16: "value overflow",
}

/** Reads the results that the core has written; `precompileError` is the word of the last precompile that failed. */
export const readExecution = (exchange: Exchange, precompileError: string): Execution => {
  const gasUsed = exchange.uint64(0)
  const ending = exchange.uint32(8)
  const returnData = exchange.hexAt(exchange.uint32(12), exchange.uint32(16))
  if (ending === done) {
    const logs = readLogs(exchange, exchange.uint32(20), exchange.uint32(24))
    const success = { status: "success", gasUsed, returnData, logs } as const
    return exchange.uint32(28) === 0 ? success : { ...success, createdAddress: exchange.address(32) }
  }
  if (ending === reverted) return { status: "reverted", gasUsed, returnData, logs: [] }
  const reason = ending === precompileFailed ? precompileError : (reasons[ending] as string)
  // EthereumJS's word for a curve point that is none; it took all gas all the same.
  if (reason === "revert") return { status: "reverted", gasUsed, returnData: "0x", logs: [] }
  return { status: "halted", gasUsed, returnData: "0x", logs: [], reason }
}

const headBytes = 48
const alignment = 16
const digits = (bytes: number): number => 2 * bytes

/** All logs become digits at once: cutting a string costs less than asking for many. */
const readLogs = (exchange: Exchange, buffer: number, count: number): readonly EngineLog[] => {
  if (count === 0) return []
  const logs: EngineLog[] = []
  const all = exchange.hexAt(buffer, endOf(exchange, buffer, count) - buffer)
  const cut = (at: number, size: number): Hex => `0x${all.slice(2 + digits(at), 2 + digits(at + size))}`
  let at = 0
  for (let index = 0; index < count; index++) {
    const topicCount = exchange.uint32At(buffer + at + 32)
    const size = exchange.uint32At(buffer + at + 36)
    const topics: Hex[] = []
    let cursor = at + headBytes
    for (let topic = 0; topic < topicCount; topic++) {
      topics.push(cut(cursor, 32))
      cursor += 32
    }
    logs.push({ address: cut(at + 12, 20), topics, data: cut(cursor, size) })
    at = cursor + Math.ceil(size / alignment) * alignment
  }
  return logs
}

const endOf = (exchange: Exchange, buffer: number, count: number): number => {
  let at = buffer
  for (let index = 0; index < count; index++) {
    at +=
      headBytes +
      exchange.uint32At(at + 32) * 32 +
      Math.ceil(exchange.uint32At(at + 36) / alignment) * alignment
  }
  return at
}

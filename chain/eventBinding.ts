/** One event of a bound contract. */
import type { AbiEvent, AbiParameter } from "abitype"
import { Effect, Queue } from "effect"
import { type Address, type Hex, decodeAbiParameters, toEventSelector } from "viem"
import { Chain } from "./chain.ts"
import type { DecodedLog, EventBinding, EventSubscription } from "./contractTypes.ts"
import { canonicalType } from "./revertReason.ts"
import type { ChainLog } from "./transaction.ts"

type Args = Readonly<Record<string, unknown>>

export const bindEvent = (contract: string, address: Address, event: AbiEvent): EventBinding<Args> => {
  const { name } = event
  const topic = toEventSelector(`${name}(${event.inputs.map(canonicalType).join(",")})`)
  const key = address.toLowerCase()
  const readArguments = argumentReader(event)

  const decode = (log: ChainLog): Args | undefined =>
    log.topics[0] === topic && log.address.toLowerCase() === key ? readArguments(log) : undefined

  const findAll = (logs: readonly ChainLog[]): readonly DecodedLog<Args>[] =>
    logs.flatMap((log) => {
      const args = decode(log)
      return args === undefined ? [] : [{ args, log }]
    })

  const find = (logs: readonly ChainLog[]): Args => {
    for (const log of logs) {
      const args = decode(log)
      if (args !== undefined) return args
    }
    throw new Error(`No event ${contract}.${name} among ${logs.length} logs.`)
  }

  const past: EventBinding<Args>["past"] = (range = {}) =>
    Effect.flatMap(Chain, (chain) => Effect.map(chain.getLogs({ ...range, address, topic }), findAll))

  const subscribe = Effect.gen(function* () {
    const chain = yield* Chain
    const queue = yield* chain.subscribeLogs({ address, topic })
    const take = Effect.map(Queue.take(queue), (log) => ({ args: readArguments(log), log }))
    return { take, queue } satisfies EventSubscription<Args>
  })

  return { name, topic, decode, find, findAll, past, subscribe }
}

/** Indexed arguments are topics (a hash, where the type is dynamic), the others lie in the data. */
const argumentReader = (event: AbiEvent): ((log: ChainLog) => Args) => {
  const names = event.inputs.map((input, index) => input.name ?? String(index))
  const indexed = event.inputs.flatMap((input, index) => (input.indexed === true ? [{ input, index }] : []))
  const inData = event.inputs.flatMap((input, index) => (input.indexed === true ? [] : [{ input, index }]))
  const dataTypes = inData.map(({ input }) => input)

  const read = (log: ChainLog): Args => {
    const args: Record<string, unknown> = {}
    const values = Array.from<unknown>({ length: names.length })
    indexed.forEach(({ input, index }, place) => {
      values[index] = topicValue(input, log.topics[place + 1] as Hex)
    })
    const decoded = dataTypes.length === 0 ? [] : decodeAbiParameters(dataTypes, log.data)
    inData.forEach(({ index }, place) => {
      values[index] = decoded[place]
    })
    names.forEach((name, index) => {
      args[name] = values[index]
    })
    return Object.freeze(args)
  }

  // Every subscriber is handed the same log: it is read once.
  const known = new WeakMap<ChainLog, Args>()
  return (log) => {
    const before = known.get(log)
    if (before !== undefined) return before
    const args = read(log)
    known.set(log, args)
    return args
  }
}

const isHashedWhenIndexed = (type: string): boolean =>
  type === "string" || type === "bytes" || type.startsWith("tuple") || type.endsWith("]")

const topicValue = (input: AbiParameter, topic: Hex): unknown =>
  isHashedWhenIndexed(input.type) ? topic : decodeAbiParameters([input], topic)[0]

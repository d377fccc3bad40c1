/** The network of a run: how long messages take, which are lost, who is cut off when. */
import type { Address } from "viem"
import type { RandomStream } from "../kernel/randomStream.ts"
import { secondsToMicros, type Micros } from "../kernel/time.ts"
import type { NetworkConditions } from "../scenario/scenario.ts"
import { accountsOf, type CastMember } from "./cast.ts"

export interface Network {
  /** How long a message that an account sends now takes to everybody else; undefined = it is lost. */
  readonly outgoing: (from: Address, nowMicros: Micros) => Micros | undefined
  /** Who learns later than others of what is public, with how much later; undefined = nobody's delay. */
  readonly incoming: (to: Address) => Incoming | undefined
}

/** When an agent learns of what became public at a time. */
export type Incoming = (publicMicros: Micros) => Micros

/** What the network does to one account. */
interface Connection {
  readonly delayMicros: Micros
  /** Begin and end of each partition, in the order of their beginnings. */
  readonly partitions: readonly (readonly [Micros, Micros])[]
}

const SECONDS_PER_MINUTE = 60

/** Every sender has streams of its own, so that one sender's traffic changes nothing for another. */
export const createNetwork = (options: {
  readonly conditions: NetworkConditions
  readonly cast: readonly CastMember[]
  readonly stream: (name: string) => RandomStream
}): Network => {
  const { conditions, cast, stream } = options
  const { medianLatencySeconds, latencySigma, lossProbability } = conditions
  const connections = connectionsOf(conditions, cast)

  const latency = (from: Address): Micros => {
    if (medianLatencySeconds === 0) return 0
    const spread = Math.exp(latencySigma * stream(`network/latency/${from}`).normal())
    return secondsToMicros(medianLatencySeconds * spread)
  }

  return {
    outgoing: (from, nowMicros) => {
      const isLost = lossProbability > 0 && stream(`network/loss/${from}`).next() < lossProbability
      const micros = latency(from)
      if (isLost) return undefined
      const connection = connections.get(from)
      return connection === undefined ? micros : reached(connection, nowMicros) - nowMicros + micros
    },
    incoming: (to) => {
      const connection = connections.get(to)
      return connection === undefined ? undefined : (publicMicros) => reached(connection, publicMicros)
    },
  }
}

/** When something that sets out at a time is through the connection's delay and partitions. */
const reached = ({ delayMicros, partitions }: Connection, micros: Micros): Micros => {
  let time = micros
  for (const [from, until] of partitions) if (time >= from && time < until) time = until
  return time + delayMicros
}

/** Only of accounts that have more than the ordinary latency. */
const connectionsOf = (
  { delays, partitions }: NetworkConditions,
  cast: readonly CastMember[],
): ReadonlyMap<Address, Connection> => {
  const connections = new Map<Address, Connection>()
  for (const member of cast) {
    const own = delays.filter(({ agents }) => isMeant(member, agents))
    const delayMicros = own.reduce((sum, { seconds }) => sum + secondsToMicros(seconds), 0)
    const windows = partitions
      .filter(({ agents, minutes }) => minutes > 0 && isMeant(member, agents))
      .map(({ fromMinutes, minutes }) => {
        const from = secondsToMicros(fromMinutes * SECONDS_PER_MINUTE)
        return [from, from + secondsToMicros(minutes * SECONDS_PER_MINUTE)] as const
      })
      .sort(([a], [b]) => a - b)
    if (delayMicros === 0 && windows.length === 0) continue
    for (const account of accountsOf(member)) connections.set(account, { delayMicros, partitions: windows })
  }
  return connections
}

/** Whether a scenario's word for some agents means this one. */
const isMeant = ({ name, role, strategy, group, owner }: CastMember, agents: string): boolean =>
  [name, role, strategy.name, group, owner].includes(agents)

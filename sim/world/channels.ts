/** Private channels between accomplices, by the name of their ring: words take the network's time and reach members only. */
import { Effect, Queue } from "effect"
import type { Address } from "viem"
import type { Channel, Whisper } from "../agents/channel.ts"
import type { Micros } from "../kernel/time.ts"
import { nowMicros } from "../kernel/now.ts"

export interface ChannelsOptions {
  /** How long a word takes that this sender says now; undefined = nobody hears it. */
  readonly latencyMicros: (from: Address, nowMicros: Micros) => Micros | undefined
}

/** Who does not listen loses what comes after these. */
const INBOX_CAPACITY = 4_096

interface Member {
  readonly account: Address
  readonly inbox: Queue.Queue<Whisper>
}

/** Gives agents their ends of the channels of one run. */
export const createChannels = ({ latencyMicros }: ChannelsOptions) => {
  const rings = new Map<string, Set<Member>>()

  const membersOf = (ring: string): Set<Member> => {
    const members = rings.get(ring) ?? new Set<Member>()
    rings.set(ring, members)
    return members
  }

  return (ring: string, account: Address): Channel => {
    const members = membersOf(ring)
    const deliver = (whisper: Whisper) =>
      Effect.sync(() => {
        for (const member of members) if (member.account !== account) Queue.offerUnsafe(member.inbox, whisper)
      })
    return {
      tell: (whisper) =>
        Effect.flatMap(nowMicros, (now) => {
          const micros = latencyMicros(account, now)
          if (micros === undefined) return Effect.void
          const delay = Effect.sleep(`${micros} micros`)
          return Effect.asVoid(Effect.forkScoped(Effect.andThen(delay, deliver(whisper))))
        }),
      listen: Effect.gen(function* () {
        const inbox = yield* Queue.make<Whisper>({ capacity: INBOX_CAPACITY, strategy: "dropping" })
        const member = { account, inbox }
        yield* Effect.acquireRelease(
          Effect.sync(() => void members.add(member)),
          () => Effect.sync(() => void members.delete(member)),
        )
        return { take: Queue.take(member.inbox) }
      }),
    }
  }
}

/** Who builds which block, in what order, and what the builders earn by it. */
import { Effect } from "effect"
import type { Block } from "../../chain/transaction.ts"
import type { OrderingPolicy } from "../../chain/ordering/orderingPolicy.ts"
import { decisionRefused } from "../agents/decisionRefused.ts"
import type { BlockBuilder } from "../agents/blockBuilder.ts"
import { membersOf, type CastMember } from "./cast.ts"

export interface BlockBuilding {
  readonly ordering: OrderingPolicy
  /** Undefined for agents that build no blocks. */
  readonly seatOf: (name: string) => BlockBuilder | undefined
  /** Books the fees of a block to whoever built it. */
  readonly observe: (block: Block) => void
  /** Priority fees that a builder has earned, wei. */
  readonly feesOf: (name: string) => bigint
}

interface Seat {
  readonly name: string
  /** Share of all blocks, by expectation. */
  readonly share: number
  order: OrderingPolicy["order"]
}

/** Each block falls to one of the builders by its share, or to somebody who keeps to the scenario's order. */
export const createBlockBuilding = (cast: readonly CastMember[], ordinary: OrderingPolicy): BlockBuilding => {
  const seats = membersOf(cast, "builder").map(({ name, strategy, options }): Seat => {
    const share = strategy.buildsShare?.(options) ?? 0
    if (!(share >= 0 && share <= 1)) {
      throw decisionRefused(`buildsShare of ${strategy.name}`, "a number from 0 to 1", share)
    }
    return { name, share, order: ordinary.order }
  })
  const fees = new Map<string, bigint>()
  let last: { readonly block: bigint; readonly seat: Seat | undefined } | undefined

  const ordering: OrderingPolicy = {
    name: ordinary.name,
    order: (candidates, context) => {
      const seat = drawn(seats, context.stream.next())
      last = { block: context.blockNumber, seat }
      return (seat ?? ordinary).order(candidates, context)
    },
  }

  return {
    // Nothing is drawn where nobody builds.
    ordering: seats.length === 0 ? ordinary : ordering,
    seatOf: (name) => {
      const seat = seats.find((each) => each.name === name)
      if (seat === undefined) return undefined
      return {
        orderBy: (order) =>
          Effect.sync(() => {
            seat.order = order
          }),
      }
    },
    observe: ({ number, receipts }) => {
      if (last?.seat === undefined || last.block !== number) return
      const { name } = last.seat
      for (const { gasUsed, priorityFeeWeiPerGas } of receipts)
        fees.set(name, (fees.get(name) ?? 0n) + gasUsed * priorityFeeWeiPerGas)
    },
    feesOf: (name) => fees.get(name) ?? 0n,
  }
}

const drawn = (seats: readonly Seat[], point: number): Seat | undefined => {
  let end = 0
  return seats.find(({ share }) => point < (end += share))
}

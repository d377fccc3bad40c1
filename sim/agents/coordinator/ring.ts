/** What a ring of coordinators knows of itself: whose accounts are its own, and how much of a panel it holds. */
import { Effect } from "effect"
import type { Address } from "viem"
import { roleNumbers } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"

/** Whether an account is the agent's or an accomplice's. */
export const isOfRing = ({ account, extraAccounts, accomplices }: Agent, other: Address): boolean =>
  [account, ...extraAccounts, ...accomplices.map((accomplice) => accomplice.account)].some(
    (own) => own.toLowerCase() === other.toLowerCase(),
  )

/**
 * The share of the voting stake on a task that belongs to the ring, 0 to 1: of the panel's where one is drawn, else of
 * all coordinators'. 0 where a contract set tells neither.
 */
export const powerOnTask = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const seats = yield* Effect.match(agent.contracts.results.read.panelOf([taskId]), {
    onSuccess: ({ panel, stakes }) => panel.map((holder, i) => ({ holder, stake: stakes[i] ?? 0n })),
    onFailure: () => [],
  })
  return seats.length > 0 ? shareOf(agent, seats) : shareOf(agent, yield* coordinatorsOf(agent))
})

interface Seat {
  readonly holder: Address
  readonly stake: bigint
}

const shareOf = (agent: Agent, seats: readonly Seat[]): number => {
  const sum = (some: readonly Seat[]) => some.reduce((total, { stake }) => total + stake, 0n)
  const total = sum(seats)
  return total === 0n ? 0 : Number(sum(seats.filter(({ holder }) => isOfRing(agent, holder)))) / Number(total)
}

const coordinatorsOf = Effect.fnUntraced(
  function* ({ contracts: { staking } }: Agent) {
    const slots = yield* staking.read.drawableSlots([roleNumbers.coordinator])
    const seats: Seat[] = []
    for (let slot = 1n; slot <= slots; slot++) {
      const { participant, weight } = yield* staking.read.drawableAt([roleNumbers.coordinator, slot])
      seats.push({ holder: participant, stake: weight })
    }
    return seats
  },
  Effect.catch(() => Effect.succeed<readonly Seat[]>([])),
)

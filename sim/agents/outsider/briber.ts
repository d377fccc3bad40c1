/**
 * Buys votes that it never has to pay for: it promises every coordinator that votes for its solver's work, and is
 * outvoted, what the vote costs it and a little more. Whoever believes that votes for it; then nobody is outvoted.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { Wallet } from "../../../chain/wallet.ts"
import { roleNumbers } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"
import { bindEscrow, escrowCreation, feeOfVote, slashOfVote } from "../bribes.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  epsilonAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(10, "ATN that it promises beyond what the vote costs: the epsilon of p + epsilon."),
  ),
  budgetShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(1, "Share of its ATN that it locks up, in equal parts for the solvers of its owner."),
  ),
  lockBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(3600, "Blocks for which it cannot take the money back: voters rely on that."),
  ),
})
type Options = typeof Options.Type

export const bribingOutsider = defineStrategy({
  name: "outsider/briber",
  role: "outsider",
  description:
    "Locks up a credible promise to pay coordinators who vote for its solver's work and are outvoted.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    // By then everybody has staked, and no task stands.
    yield* chain.awaitBlock(agent.plan.startBlock - 2n)
    const cost = yield* costOfVote(agent)
    if (cost === undefined) return
    const bribe = cost + toWei(options.epsilonAtn)
    const lockedUntil = (yield* chain.blockNumber) + BigInt(options.lockBlocks)
    const solvers = agent.accomplices.filter(({ role }) => role === "solver")
    const balance = yield* agent.contracts.token.read.balanceOf([agent.account])
    const budget = (balance * toWei(options.budgetShare)) / toWei(1) / BigInt(Math.max(1, solvers.length))
    yield* Effect.forEach(
      solvers,
      ({ account }) => promise(agent, { solver: account, bribe, lockedUntil, budget }),
      { concurrency: "unbounded", discard: true },
    )
  }),
})

interface Promised {
  readonly solver: `0x${string}`
  readonly bribe: bigint
  readonly lockedUntil: bigint
  readonly budget: bigint
}

/** Creates the escrow, pays the budget in, and takes back what is left when the lock is over. */
const promise = Effect.fnUntraced(function* (agent: Agent, promised: Promised) {
  const chain = yield* Chain
  const { address } = yield* Wallet
  const receipt = yield* chain.send({ from: address, to: null, data: escrowCreation(agent, promised) })
  if (receipt.contractAddress === undefined) return
  const escrow = receipt.contractAddress
  if (!(yield* expectRevert(agent.contracts.token.write.transfer([escrow, promised.budget])))) return
  yield* chain.awaitBlock(promised.lockedUntil)
  yield* expectRevert(bindEscrow(escrow).write.withdraw())
})

/**
 * The most that a vote against the consensus costs any coordinator: the fee that it forgoes, and the slash. Undefined where
 * a contract set does not tell.
 */
const costOfVote = Effect.fnUntraced(
  function* (agent: Agent) {
    const { staking } = agent.contracts
    const slots = yield* staking.read.drawableSlots([roleNumbers.coordinator])
    let most = 0n
    for (let slot = 1n; slot <= slots; slot++) {
      const { participant, weight } = yield* staking.read.drawableAt([roleNumbers.coordinator, slot])
      const cost = (yield* feeOfVote(agent, participant)) + (yield* slashOfVote(agent, weight))
      if (cost > most) most = cost
    }
    return most
  },
  Effect.catchTag("ContractReadError", () => Effect.succeed(undefined)),
)

const toWei = (atn: number): bigint => BigInt(Math.round(atn * 1e6)) * 10n ** 12n

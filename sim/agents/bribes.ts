/** Offers of bribes as everybody can see and check them: a contract whose code is known, and the ATN that lies in it. */
import { Effect } from "effect"
import { encodeDeployData, toEventSelector, type Address, type Hex } from "viem"
import {
  bribeEscrowAbi,
  bribeEscrowBytecode,
  bribeEscrowCodeHash,
} from "../../chain/attackContracts/bribeEscrow.ts"
import { Chain } from "../../chain/chain.ts"
import { bindContract } from "../../chain/contract.ts"
import { parameterKey } from "../../chain/suite.ts"
import type { Agent } from "./agent.ts"

/** A promise to pay whoever votes for a solver's work and is outvoted. */
export interface Bribe {
  readonly escrow: Address
  readonly solver: Address
  /** Wei a vote. */
  readonly bribe: bigint
  /** Block until which the money can't be taken away. */
  readonly lockedUntil: bigint
  /** Wei that lie there now. */
  readonly budget: bigint
}

export const bindEscrow = (address: Address) => bindContract(bribeEscrowAbi, address, { name: "BribeEscrow" })

/** What a briber sends to create its promise. */
export const escrowCreation = (
  agent: Agent,
  { solver, bribe, lockedUntil }: Pick<Bribe, "solver" | "bribe" | "lockedUntil">,
): Hex => {
  const { token, results } = agent.contracts
  const args = [token.address, results.address, solver, bribe, lockedUntil] as const
  return encodeDeployData({ abi: bribeEscrowAbi, bytecode: bribeEscrowBytecode, args })
}

const OFFERED = toEventSelector("BribeOffered(address,uint256,uint256)")

/** All offers so far whose code is the escrow's and which pay ATN by the votes on these contracts. */
export const bribesOffered = Effect.fnUntraced(function* (agent: Agent) {
  const { token, results } = agent.contracts
  const chain = yield* Chain
  const offers: Bribe[] = []
  for (const { address } of yield* chain.getLogs({ topic: OFFERED })) {
    if ((yield* chain.codeHashOf(address)) !== bribeEscrowCodeHash) continue
    const { read } = bindEscrow(address)
    if (!isSame(yield* read.token(), token.address)) continue
    if (!isSame(yield* read.results(), results.address)) continue
    offers.push({
      escrow: address,
      solver: yield* read.solver(),
      bribe: yield* read.bribe(),
      lockedUntil: yield* read.lockedUntil(),
      budget: yield* token.read.balanceOf([address]),
    })
  }
  return offers
})

export const isSame = (a: Address, b: Address): boolean => a.toLowerCase() === b.toLowerCase()

const WAD = 10n ** 18n

/** Wei that a vote with the consensus earns a coordinator, by the public rules and its bond after that vote. */
export const feeOfVote = Effect.fnUntraced(function* (agent: Agent, coordinator: Address) {
  const { read } = agent.contracts.results
  const fee = yield* read.parameter([parameterKey("coordinatorFee")])
  const bonus = yield* read.parameter([parameterKey("bondBonus")])
  const decay = yield* read.parameter([parameterKey("bondDecay")])
  const { emaBondStrength } = yield* read.getCoordinatorBond([coordinator])
  const bond = (emaBondStrength * decay) / WAD + (WAD - decay)
  return fee + (fee * bonus * bond) / (WAD * WAD)
})

/** Wei that a vote against the consensus costs a stake. */
export const slashOfVote = (agent: Agent, stakeWei: bigint) =>
  Effect.map(
    agent.contracts.results.read.parameter([parameterKey("consensusSlashBps")]),
    (bps) => (stakeWei * bps) / 10_000n,
  )

/** What became of proposals to the DAO, read from the logs as blocks come in. It observes; it never acts. */
import { Effect } from "effect"
import { Chain } from "../../chain/chain.ts"
import type { ContractReadError } from "../../chain/errors.ts"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Contracts } from "../agents/contracts.ts"
import { GENESIS_TIME_SECONDS } from "./genesisBlock.ts"

/** One proposal. Votes and supply in wei of ATN. */
export interface ProposalOutcome {
  /** Virtual time of the last block in which votes are cast. */
  readonly endSeconds: number
  /** ATN that exist when it is made. */
  readonly supply: bigint
  cast: bigint
  executed: boolean
}

export interface BallotBox {
  /** By number, in the order of proposal. */
  readonly proposals: ReadonlyMap<bigint, ProposalOutcome>
  readonly observe: (log: ChainLog) => Effect.Effect<void, ContractReadError, Chain>
}

export const createBallotBox = ({ dao, token }: Contracts): BallotBox => {
  const proposals = new Map<bigint, ProposalOutcome>()
  const observe = Effect.fnUntraced(function* (log: ChainLog) {
    if (dao === undefined) return
    const created = dao.events.ProposalCreated.decode(log)
    if (created !== undefined) {
      const { endBlock } = yield* dao.read.proposals([created.proposalId])
      const supply = yield* token.read.totalSupply()
      const endSeconds = Number((yield* Chain).timestampOf(endBlock)) - GENESIS_TIME_SECONDS
      proposals.set(created.proposalId, { endSeconds, supply, cast: 0n, executed: false })
    }
    const vote = dao.events.VoteCast.decode(log)
    const votedOn = vote && proposals.get(vote.proposalId)
    if (vote !== undefined && votedOn !== undefined) votedOn.cast += vote.weight
    const executed = dao.events.ProposalExecuted.decode(log)
    const done = executed && proposals.get(executed.proposalId)
    if (done !== undefined) done.executed = true
  })
  return { proposals, observe }
}

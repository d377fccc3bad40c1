/** What the DAO's state machine ought to be, in a few lines that know nothing of the contract. */
import { type Voter, state } from "./government.ts"

export const rules = {
  votingDelay: 5n,
  votingPeriod: 20n,
  queueBlocks: 30n,
  timelockDelay: 60n,
  timelockExpiry: 3_600n,
} as const

/** Votes in whole ATN; 400,000 in favour are the quorum. */
export const weights: Readonly<Partial<Record<Voter, number>>> = {
  bulk: 399_999,
  drop: 1,
  rival: 400_000,
  justEnough: 1_000,
}

export interface ModelProposal {
  readonly proposer: Voter
  readonly proposedAt: bigint
  /** An amendment without a jury never carries. */
  readonly amendment: boolean
  for: number
  against: number
  readonly voted: Set<Voter>
  canceled: boolean
  executed: boolean
  queuedAt?: bigint
}

export const newProposal = (proposer: Voter, proposedAt: bigint, amendment: boolean): ModelProposal => {
  const voted = new Set<Voter>()
  return { proposer, proposedAt, amendment, for: 0, against: 0, voted, canceled: false, executed: false }
}

export const stateOf = (p: ModelProposal, block: bigint, seconds: bigint): number => {
  const start = p.proposedAt + rules.votingDelay
  const end = start + rules.votingPeriod
  if (p.canceled) return state.canceled
  if (p.executed) return state.executed
  if (block <= start) return state.pending
  if (block <= end) return state.active
  if (p.amendment || p.for <= p.against || p.for < 400_000) return state.defeated
  if (p.queuedAt === undefined) return block <= end + rules.queueBlocks ? state.succeeded : state.expired
  return seconds <= p.queuedAt + rules.timelockDelay + rules.timelockExpiry ? state.queued : state.expired
}

/** States in the order in which a proposal can pass through them. */
const rank = new Map<number, number>([
  [state.pending, 0],
  [state.active, 1],
  [state.succeeded, 2],
  [state.queued, 3],
  [state.defeated, 4],
  [state.expired, 4],
  [state.canceled, 4],
  [state.executed, 4],
])

/** Whether a state went forward, or stayed; what is final stays. */
export const isForward = (before: number, after: number): boolean =>
  before === after || (rank.get(before) ?? 9) < (rank.get(after) ?? -1)

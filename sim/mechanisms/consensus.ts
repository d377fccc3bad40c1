/** Votes, consensus, fees and slashes: what coordinators earn by agreeing with each other, and lose by not. */
import { ONE, parameterOf, type ContractParameter, type PublicView } from "./contractParameter.ts"

const parameter = parameterOf("ResultsRewards")
const BPS = 10_000n

const share = (key: string, bps: bigint, description: string, view?: PublicView): ContractParameter =>
  parameter("bps", {
    key,
    min: 0n,
    max: BPS,
    default: bps,
    description,
    ...(view === undefined ? {} : { publicView: view }),
  })

const flag = (key: string, on: boolean, description: string): ContractParameter =>
  parameter("flag", { key, min: 0n, max: 1n, default: on ? 1n : 0n, description })

export const consensusParameters: readonly ContractParameter[] = [
  parameter("count", {
    key: "panelSize",
    min: 0n,
    max: 16n,
    default: 5n,
    description: "Coordinators drawn by stake to vote on a task; 0 opens the vote to all.",
  }),
  parameter("count", {
    key: "maxOpenVotes",
    min: 1n,
    max: 24n,
    default: 24n,
    description: "Coordinators that may vote on one submission where the panel is open.",
  }),
  parameter("count", {
    key: "minVotes",
    min: 1n,
    max: 16n,
    default: 2n,
    description: "Revealed votes below which nothing is decided.",
    publicView: { functionName: "MIN_COORDINATORS", args: [] },
  }),
  share("quorumBps", 5_000n, "Share of the panel's stake that must have voted for a decision."),
  share(
    "clipBps",
    2_000n,
    "How far a score may lie from the centre before it is clamped, as a share of the centre.",
    { functionName: "CLIP_THRESHOLD_BPS", args: [] },
  ),
  flag(
    "clipAroundMedian",
    true,
    "Whether scores are clipped around the stake-weighted median; else the mean.",
  ),
  share("consensusSlashBps", 1_000n, "Share of the stake at vote time that a vote against consensus costs."),
  share(
    "missedVoteSlashBps",
    500n,
    "Share of its stake that a drawn coordinator loses for a vote not revealed.",
  ),
  share(
    "unrevealedSolutionSlashBps",
    1_000n,
    "Share of its stake that a solver loses for a solution not revealed.",
  ),
  share(
    "unrevealedTruthSlashBps",
    1_000n,
    "Share of its stake that a proposer loses for a ground truth not revealed.",
  ),
  share(
    "workShownBps",
    10_000n,
    "Share of the reward paid for work shown where no ground truth was revealed.",
  ),
  parameter("bps", {
    key: "workShownCapBps",
    min: 0n,
    max: 1_000_000_000n,
    default: BPS,
    description:
      "Upper bound of all pay for work shown on a task, as a share of what the proposer was slashed.",
  }),
  parameter("wei", {
    key: "coordinatorFee",
    min: 0n,
    max: 10n ** 30n,
    default: ONE,
    description: "Fee for a vote with consensus, before the bond's bonus.",
  }),
  parameter("fraction18", {
    key: "bondBonus",
    min: 0n,
    max: 10n * ONE,
    default: ONE / 2n,
    description: "What a full bond adds to the fee, as a share of it.",
    publicView: { functionName: "BOND_MULTIPLIER_MAX", args: [], offset: ONE },
  }),
  parameter("fraction18", {
    key: "bondDecay",
    min: 0n,
    max: ONE,
    default: (9n * ONE) / 10n,
    description:
      "Weight of the past in a coordinator's bond, the moving average of its agreement with consensus.",
    publicView: { functionName: "EMA_DECAY", args: [] },
  }),
  flag("feeByStake", false, "Whether the fee is proportional to stake instead of equal for all."),
  flag("allowPlainVotes", false, "Whether votes may be cast openly, without commitment."),
  flag("allowUnsaltedCommitments", false, "Whether solutions committed by a bare hash may be revealed."),
  flag("allowSingleVerification", false, "Whether one coordinator alone may settle a task."),
  flag(
    "trapConsensusSettlement",
    false,
    "Whether fees and slashes by consensus apply to trapped submissions too.",
  ),
  parameter("blocks", {
    key: "panelNoticeBlocks",
    min: 0n,
    max: 10_000n,
    default: 25n,
    description:
      "Blocks before the end of the vote commitment window after which no panel is drawn any more.",
  }),
]

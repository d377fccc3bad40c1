/** Disputes about what aggregators publish: who may raise them, who judges, what is won and lost. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

const parameter = parameterOf("AggregationDisputes")
const MOST_BLOCKS = 1_000_000n
const MOST_WEI = 10n ** 27n
const WHOLE_BPS = 10_000n

const blocks = (key: string, standard: bigint, description: string, min = 1n): ContractParameter =>
  parameter("blocks", { key, min, max: MOST_BLOCKS, default: standard, description })

const share = (key: string, standard: bigint, description: string): ContractParameter =>
  parameter("bps", { key, min: 0n, max: WHOLE_BPS, default: standard, description })

export const aggregationParameters: readonly ContractParameter[] = [
  blocks(
    "aggregationDisputeBlocks",
    100n,
    "Blocks after an aggregator's publication in which anyone may dispute it.",
    0n,
  ),
  parameter("wei", {
    key: "aggregationDeposit",
    min: 0n,
    max: MOST_WEI,
    default: 50n * ONE,
    description:
      "Deposit of who disputes a publication; lost to panel and aggregator if it is upheld, to the treasury if nobody draws a panel.",
  }),
  blocks("disputeDrawBlocks", 25n, "Blocks after a dispute's opening in which its panel may be drawn."),
  blocks(
    "verdictCommitBlocks",
    50n,
    "Blocks in which a dispute's panel recomputes and commits its verdicts.",
  ),
  blocks("verdictRevealBlocks", 50n, "Blocks in which a dispute's panel reveals its verdicts."),
  parameter("count", {
    key: "verdictPanelSize",
    min: 1n,
    max: 32n,
    default: 5n,
    description: "Coordinators drawn by stake to judge a dispute.",
  }),
  share("verdictQuorumBps", 5_000n, "Share of the panel's stake whose verdicts decide a dispute."),
  parameter("wei", {
    key: "verdictFeePot",
    min: 0n,
    max: MOST_WEI,
    default: 10n * ONE,
    description: "Shared by stake among the majority of a dispute's panel, out of what the loser pays.",
  }),
  share(
    "disprovedSlashBps",
    1_000n,
    "Share of its stake that an aggregator loses for a disproved publication.",
  ),
  share(
    "disputerShareBps",
    5_000n,
    "Share of that slash that goes to who disputed; the rest to the treasury.",
  ),
  share("silentVerdictSlashBps", 500n, "Share of its stake that a drawn coordinator loses for no verdict."),
  share(
    "dissentingVerdictSlashBps",
    1_000n,
    "Share of its stake that a coordinator loses for a verdict against the panel's majority.",
  ),
  parameter("flag", {
    key: "returnDisprovedReward",
    min: 0n,
    max: 1n,
    default: 1n,
    description:
      "Whether the reward of a disproved round goes from the aggregator's stake back to the project.",
  }),
]

/** Governance: how holders of ATN change the rules, what needs an amendment, and the juries that amendments need. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

const MOST_WEI = 10n ** 30n
const MOST_BLOCKS = 1_000_000n
const WHOLE_BPS = 10_000n
const DAY = 86_400n

const dao = parameterOf("AutonetDAO")
const votes: readonly ContractParameter[] = [
  dao("wei", {
    key: "proposalThreshold",
    min: 0n,
    max: 100_000n * ONE,
    default: 1_000n * ONE,
    description: "Votes that a proposer must have had in the block before its proposal.",
    publicView: { functionName: "proposalThreshold", args: [] },
  }),
  dao("blocks", {
    key: "votingDelay",
    min: 0n,
    max: MOST_BLOCKS,
    default: 7_200n,
    description: "Blocks between a proposal and its votes.",
    publicView: { functionName: "votingDelay", args: [] },
  }),
  dao("blocks", {
    key: "votingPeriod",
    min: 1n,
    max: MOST_BLOCKS,
    default: 50_400n,
    description: "Blocks in which votes are cast; of an amendment at least until its jury has revealed.",
    publicView: { functionName: "votingPeriod", args: [] },
  }),
  dao("bps", {
    key: "proposalQuorumBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 400n,
    description: "Share of the supply that must vote for an ordinary proposal.",
  }),
  dao("blocks", {
    key: "queueBlocks",
    min: 1n,
    max: MOST_BLOCKS,
    default: 100_800n,
    description: "Blocks after the votes in which a proposal that has carried can be queued.",
  }),
  dao("flag", {
    key: "allowPlainProposals",
    min: 0n,
    max: 1n,
    default: 0n,
    description: "Whether proposals that bind no target can be executed, as in the public suite.",
  }),
]

const timelock = parameterOf("Timelock")
const delays: readonly ContractParameter[] = [
  timelock("seconds", {
    key: "timelockDelay",
    min: 0n,
    max: 365n * DAY,
    default: 2n * DAY,
    description: "Time between queueing a decision and its earliest execution.",
  }),
  timelock("seconds", {
    key: "timelockExpiry",
    min: 3_600n,
    max: 365n * DAY,
    default: 14n * DAY,
    description: "Time after the delay in which a decision can be executed.",
  }),
]

const constitution = parameterOf("Constitution")
const amendments: readonly ContractParameter[] = [
  constitution("bps", {
    key: "amendmentMajorityBps",
    min: 5_000n,
    max: WHOLE_BPS,
    default: 9_500n,
    description: "Share of the votes cast that an amendment needs.",
  }),
  constitution("bps", {
    key: "amendmentQuorumBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 2_000n,
    description: "Share of the supply that must vote, either way, on an amendment.",
  }),
  constitution("count", {
    key: "openAmendmentsPerProposer",
    min: 1n,
    max: 1_000n,
    default: 1n,
    description: "Amendments of one proposer that may be open at a time: until the jury is closed.",
  }),
]

const juries: readonly ContractParameter[] = [
  constitution("count", {
    key: "jurySize",
    min: 1n,
    max: 21n,
    default: 7n,
    description: "Validators drawn by stake for the jury of an amendment.",
  }),
  constitution("count", {
    key: "juryMinVerdicts",
    min: 1n,
    max: 21n,
    default: 4n,
    description: "Verdicts that a jury must reveal to consent, at most its size.",
  }),
  constitution("bps", {
    key: "juryMajorityBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 6_666n,
    description:
      "Share of the revealed weight that must approve: two thirds, rounded down so that they suffice.",
  }),
  constitution("bps", {
    key: "juryQuorumBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 5_000n,
    description: "Share of the jury's stake that must reveal its verdict.",
  }),
  constitution("flag", {
    key: "juryConfidenceWeighs",
    min: 0n,
    max: 1n,
    default: 0n,
    description: "Whether a verdict weighs in proportion to its confidence, besides its stake.",
  }),
  constitution("blocks", {
    key: "juryCommitBlocks",
    min: 1n,
    max: MOST_BLOCKS,
    default: 14_400n,
    description: "Blocks from the opening of the votes in which jurors commit their verdicts.",
  }),
  constitution("blocks", {
    key: "juryRevealBlocks",
    min: 1n,
    max: MOST_BLOCKS,
    default: 14_400n,
    description: "Blocks after the commits in which jurors reveal their verdicts.",
  }),
  constitution("blocks", {
    key: "juryNoticeBlocks",
    min: 0n,
    max: MOST_BLOCKS,
    default: 3_600n,
    description: "Blocks of the commit window that a jury must still have when it is drawn.",
  }),
  constitution("bps", {
    key: "jurySilenceSlashBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 500n,
    description: "Share of its stake that a juror loses if it reveals no verdict.",
  }),
  constitution("wei", {
    key: "juryFee",
    min: 0n,
    max: MOST_WEI,
    default: 10n * ONE,
    description: "Paid by the treasury for each revealed verdict.",
  }),
]

const treasury = parameterOf("Treasury")
const purse: readonly ContractParameter[] = [
  treasury("wei", {
    key: "jackpotPoolTarget",
    min: 0n,
    max: MOST_WEI,
    default: 10_000n * ONE,
    description: "Size up to which anyone may have the treasury fill the pool of jackpots.",
  }),
]

export const governanceParameters: readonly ContractParameter[] = [
  ...votes,
  ...delays,
  ...amendments,
  ...juries,
  ...purse,
]

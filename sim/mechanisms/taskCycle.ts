/** The training cycle: the phases of a task and their lengths, fixed for each task at its proposal. */
import { parameterOf, type ContractParameter } from "./contractParameter.ts"

/** What became of one submission: `ResultsRewards.outcomeOf`, `uint8`. */
export const outcomes = {
  open: 0,
  correct: 1,
  incorrect: 2,
  undecided: 3,
  trap: 4,
  workShown: 5,
  notRevealed: 6,
  void: 7,
} as const

const parameter = parameterOf("TaskContract")

const phase = (key: string, blocks: bigint, description: string, min = 1n): ContractParameter =>
  parameter("blocks", { key, min, max: 1_000_000n, default: blocks, description })

/** Keys of the phases of a task, in order; their sum is the time from proposal to settlement. */
export const phaseKeys = [
  "commitBlocks",
  "groundTruthBlocks",
  "solutionBlocks",
  "voteCommitBlocks",
  "voteRevealBlocks",
  "openingBlocks",
] as const

export type PhaseKey = (typeof phaseKeys)[number]

/**
 * Whether no contract keeps a parameter and agents keep to it by agreement: the lengths of phases, where the contract
 * set knows no deadlines. `offers` tells what the set has.
 */
export const isAgreed = (
  { contract, key }: Pick<ContractParameter, "contract" | "key">,
  offers: (name: string) => boolean,
): boolean =>
  contract === "TaskContract" &&
  (phaseKeys as readonly string[]).includes(key) &&
  !offers("TaskContract.scheduleOf")

export const taskCycleParameters: readonly ContractParameter[] = [
  phase("commitBlocks", 300n, "Window in which solvers commit to their solutions."),
  phase("groundTruthBlocks", 50n, "Window in which the proposer reveals the ground truth."),
  phase("solutionBlocks", 50n, "Window in which solvers reveal their solutions."),
  phase("voteCommitBlocks", 50n, "Window in which coordinators commit to their votes."),
  phase("voteRevealBlocks", 50n, "Window in which coordinators reveal their votes."),
  phase("openingBlocks", 25n, "Window in which the keeper opens its commitment about a trap.", 0n),
  parameter("count", {
    key: "maxSolvers",
    min: 1n,
    max: 8n,
    default: 4n,
    description: "Solvers that may commit to one task; rewards for all of them are reserved at its proposal.",
  }),
  parameter("flag", {
    key: "autoActivate",
    min: 0n,
    max: 1n,
    default: 1n,
    description: "Whether a proposed task is active at once.",
  }),
  parameter("count", {
    key: "maxCheckpoints",
    min: 0n,
    max: 1_024n,
    default: 256n,
    description: "Training checkpoints that a solver may record for one task.",
  }),
  phase(
    "disputeBlocks",
    1_000n,
    "Blocks after which anyone may end a dispute that governance left open.",
    0n,
  ),
  parameter("bps", {
    key: "maxMultiplierBps",
    min: 0n,
    max: 1_000_000n,
    default: 30_000n,
    description: "Upper bound of the capability multiplier that a task's reward is scaled by.",
  }),
]

/** Length of each phase in blocks under the scenario's parameters. */
export const phasesOf = (
  parameters: Readonly<Record<string, bigint>>,
): Readonly<Record<PhaseKey, bigint>> => {
  const lengthOf = (key: PhaseKey): bigint => {
    const declared = taskCycleParameters.find((entry) => entry.key === key)
    return parameters[`TaskContract.${key}`] ?? declared?.default ?? 0n
  }
  const lengths = phaseKeys.map((key) => [key, lengthOf(key)] as const)
  return Object.fromEntries(lengths) as Record<PhaseKey, bigint>
}

/** Blocks from a task's proposal to the end of its last phase under the scenario's parameters. */
export const taskBlocks = (parameters: Readonly<Record<string, bigint>>): bigint =>
  Object.values(phasesOf(parameters)).reduce((sum, blocks) => sum + blocks, 0n)

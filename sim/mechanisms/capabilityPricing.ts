/** Capability pricing: what a task is worth by how well the network masters the module that it trains. */
import { parameterOf, type ContractParameter } from "./contractParameter.ts"

const parameter = parameterOf("CapabilityScorecard")
const WHOLE_BPS = 10_000n

export const capabilityPricingParameters: readonly ContractParameter[] = [
  parameter("bps", {
    key: "topMultiplierBps",
    min: WHOLE_BPS,
    max: 1_000_000n,
    default: 30_000n,
    description: "Reward multiplier of a module with a score of 0.",
  }),
  parameter("bps", {
    key: "floorMultiplierBps",
    min: 0n,
    max: WHOLE_BPS,
    default: 5_000n,
    description: "Reward multiplier of a module whose score has reached its target.",
  }),
  parameter("bps", {
    key: "unknownMultiplierBps",
    min: 0n,
    max: 1_000_000n,
    default: WHOLE_BPS,
    description: "Reward multiplier of a module that is not registered or was never scored.",
  }),
  parameter("bps", {
    key: "defaultTargetBps",
    min: 1n,
    max: WHOLE_BPS,
    default: 8_000n,
    description: "Target of a module that is registered without one.",
  }),
  parameter("count", {
    key: "dampingReports",
    min: 0n,
    max: 10_000n,
    default: 20n,
    description:
      "Most earlier reports that a new one is averaged with; 20 give it a weight of at least 1/21.",
  }),
  parameter("flag", {
    key: "highWaterScore",
    min: 0n,
    max: 1n,
    default: 0n,
    description: "Whether the highest score so far sets the price, so that falling back pays nothing.",
  }),
  parameter("count", {
    key: "evaluatorsPerUpdate",
    min: 1n,
    max: 15n,
    default: 1n,
    description: "Different evaluators whose reports make one update, by their median.",
  }),
  parameter("blocks", {
    key: "reportRoundBlocks",
    min: 1n,
    max: 1_000_000n,
    default: 7_200n,
    description: "Blocks within which the reports of one update must come in; later ones start anew.",
  }),
  parameter("bps", {
    key: "maxScoreStepBps",
    min: 1n,
    max: WHOLE_BPS,
    default: WHOLE_BPS,
    description: "Most that one update after the first moves a score.",
  }),
  parameter("blocks", {
    key: "reportIntervalBlocks",
    min: 0n,
    max: 1_000_000n,
    default: 0n,
    description: "Least number of blocks between two reports of one evaluator on one module.",
  }),
  parameter("count", {
    key: "maxModules",
    min: 0n,
    max: 1_024n,
    default: 256n,
    description: "Modules that the scorecard may hold.",
  }),
]

/** Projects: budgets, tokens, inference, and the publication of global models. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

const parameter = parameterOf("Project")
const MOST_WEI = 10n ** 30n

export const projectParameters: readonly ContractParameter[] = [
  parameter("wei", {
    key: "aggregatorReward",
    min: 0n,
    max: MOST_WEI,
    default: 20n * ONE,
    description: "Paid from the project's budget to the aggregator that publishes a round.",
  }),
  parameter("blocks", {
    key: "aggregatorWindowBlocks",
    min: 1n,
    max: 1_000_000n,
    default: 100n,
    description: "Blocks after which an aggregator that has not published may be replaced by a new draw.",
  }),
  parameter("count", {
    key: "verifiedTasksPerRound",
    min: 0n,
    max: 1_000_000n,
    default: 1n,
    description:
      "Tasks that must have been verified as correct since the last publication for the reward to be paid.",
  }),
  parameter("wei", {
    key: "defaultTokenPrice",
    min: 1n,
    max: MOST_WEI,
    default: ONE,
    description: "Price of one project token where the founder has set none.",
  }),
  parameter("permille", {
    key: "maxDiscountPermille",
    min: 0n,
    max: 1_000n,
    default: 500n,
    description: "Largest discount on inference that a tier may give.",
  }),
  parameter("count", {
    key: "maxDiscountTiers",
    min: 0n,
    max: 16n,
    default: 8n,
    description: "Discount tiers that a project may have.",
  }),
]

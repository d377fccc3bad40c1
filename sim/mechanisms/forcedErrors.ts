/** Forced errors: known-bad results, hidden among ordinary ones, that test whether coordinators look. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

const parameter = parameterOf("ForcedErrorRegistry")
const MOST_WEI = 10n ** 30n

/** `forcedErrorProbability` counts in thousandths. */
export const PROBABILITY_ONE = 1_000n

export const forcedErrorParameters: readonly ContractParameter[] = [
  parameter("wei", {
    key: "jackpotAmount",
    min: 0n,
    max: MOST_WEI,
    default: 50n * ONE,
    description: "Shared by the coordinators who voted a trap down.",
    publicSetter: { functionName: "setJackpotAmount", args: [] },
    publicView: { functionName: "jackpotAmount", args: [] },
  }),
  parameter("wei", {
    key: "slashAmountForMissed",
    min: 0n,
    max: MOST_WEI,
    default: 25n * ONE,
    description: "Lost by each coordinator who approved a trap.",
    publicSetter: { functionName: "setSlashAmount", args: [] },
    publicView: { functionName: "slashAmountForMissed", args: [] },
  }),
  parameter("permille", {
    key: "forcedErrorProbability",
    min: 0n,
    max: PROBABILITY_ONE,
    default: 50n,
    description: "Probability with which the keeper traps a task.",
    publicSetter: { functionName: "setForcedErrorProbability", args: [] },
    publicView: { functionName: "forcedErrorProbability", args: [] },
  }),
  parameter("blocks", {
    key: "expirationBlocks",
    min: 1n,
    max: 1_000_000n,
    default: 1_000n,
    description: "Blocks after which a public trap expires and its jackpot returns to the pool.",
    publicSetter: { functionName: "setExpirationBlocks", args: [] },
    publicView: { functionName: "expirationBlocks", args: [] },
  }),
  parameter("wei", {
    key: "keeperBond",
    min: 0n,
    max: MOST_WEI,
    default: 50n * ONE,
    description: "Bound by the keeper with each commitment, lost if it does not open it.",
  }),
  parameter("flag", {
    key: "allowPublicTraps",
    min: 0n,
    max: 1n,
    default: 0n,
    description: "Whether traps may be injected openly, as in the public suite.",
  }),
]

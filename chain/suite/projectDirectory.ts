/** The part of Project that its fallback answers. */
import { projectAbi } from "../abi/project.ts"

/**
 * `projects(uint256)` of Project: on the wire like every other function, but answered by the contract's fallback,
 * because the compiler cannot return that many values. Hence it is not in `projectAbi`.
 */
export const projectDirectoryAbi = [
  {
    type: "function",
    name: "projects",
    stateMutability: "view",
    inputs: [{ name: "projectId", type: "uint256" }],
    outputs: [
      { name: "id", type: "uint256" },
      { name: "name", type: "string" },
      { name: "descriptionCid", type: "string" },
      { name: "founder", type: "address" },
      { name: "status", type: "uint8" },
      { name: "creationTime", type: "uint256" },
      { name: "projectToken", type: "address" },
      { name: "totalPTsIssued", type: "uint256" },
      { name: "fundingGoalATN", type: "uint256" },
      { name: "currentFundingATN", type: "uint256" },
      { name: "taskRewardBudgetATN", type: "uint256" },
      { name: "matureModelWeightsCid", type: "string" },
      { name: "atnPricePerInference", type: "uint256" },
      { name: "inferenceFeeRecipient", type: "address" },
    ],
  },
] as const

/** Everything that Project answers to. */
export const wholeProjectAbi = [...projectAbi, ...projectDirectoryAbi] as const

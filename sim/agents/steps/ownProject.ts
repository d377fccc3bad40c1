/** Projects that agents found during a run. */
import { Effect } from "effect"
import { maxUint256 } from "viem"
import type { Agent } from "../agent.ts"
import { unlessReverted } from "./expectRevert.ts"

/**
 * Founds a project from the account that sends, and lets the contract take the budget that it names. Its number, or
 * nothing where the contract refuses.
 */
export const foundOwnProject = Effect.fnUntraced(function* (
  { contracts, plan }: Agent,
  options: { readonly budgetWei?: bigint; readonly tokensWei?: bigint; readonly goalWei?: bigint },
) {
  const { budgetWei = 0n, tokensWei = 0n, goalWei = 0n } = options
  const { project, token } = contracts
  yield* token.write.approve([project.address, maxUint256])
  const founding = project.write.createProject([
    "Another project",
    plan.initialModel,
    goalWei,
    budgetWei,
    tokensWei,
    "Another project's token",
    "APT",
  ])
  const receipt = yield* unlessReverted(founding)
  if (receipt === undefined) return undefined
  return project.events.ProjectCreated.find(receipt.logs).projectId
})

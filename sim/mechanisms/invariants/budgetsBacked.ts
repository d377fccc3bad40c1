/** What can be known of the projects' money where their ledgers are not public. */
import { Effect } from "effect"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { wholeProjectAbi } from "../../../chain/suite.ts"
import type { Invariant } from "./invariant.ts"

export const budgetsBacked = (
  token: Contract<typeof atnTokenAbi>,
  project: Contract<typeof wholeProjectAbi>,
): Invariant => ({
  name: "budgets-backed",
  statement: "The project contract holds at least the ATN of all projects' task budgets.",
  needs: [],
  check: Effect.fnUntraced(function* (block) {
    const logs = block.receipts.flatMap((receipt) => receipt.logs)
    const paid = token.events.Transfer.findAll(logs).some(
      ({ args }) => args.from === project.address || args.to === project.address,
    )
    if (!paid && !logs.some(({ address }) => address === project.address)) return undefined
    const end = yield* project.read.nextProjectId()
    let budgets = 0n
    for (let projectId = 1n; projectId < end; projectId++) {
      budgets += (yield* project.read.projects([projectId])).taskRewardBudgetATN
    }
    const held = yield* token.read.balanceOf([project.address])
    return held >= budgets
      ? undefined
      : `the project contract holds ${held} wei, its projects' task budgets sum to ${budgets}`
  }),
})

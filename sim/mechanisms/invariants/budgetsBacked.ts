/** What can be known of the projects' money where their ledgers are not public. */
import { Effect } from "effect"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { wholeProjectAbi } from "../../../chain/suite.ts"
import { logsOf, movedAtn } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

export const budgetsBacked = (
  token: Contract<typeof atnTokenAbi>,
  project: Contract<typeof wholeProjectAbi>,
): Invariant => ({
  name: "budgets-backed",
  statement: "The project contract holds at least the ATN of all projects' task budgets.",
  needs: [],
  check: Effect.fnUntraced(function* (block) {
    const logs = logsOf(block)
    const logged = logs.some(({ address }) => address === project.address)
    if (!logged && !movedAtn(token, project.address, logs)) return undefined
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

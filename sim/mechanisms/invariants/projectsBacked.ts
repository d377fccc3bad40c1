/** The project contract holds what its projects' ledgers say, no less and no more. */
import { Effect } from "effect"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { wholeProjectAbi } from "../../../chain/suite.ts"
import { logsOf, movedAtn } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

export const projectsBacked = (
  token: Contract<typeof atnTokenAbi>,
  project: Contract<typeof wholeProjectAbi>,
): Invariant => ({
  name: "projects-backed",
  statement:
    "The project contract's ATN is the sum of all projects' funding, budget, reservations and revenue.",
  needs: ["Project.ledgerOf"],
  check: Effect.fnUntraced(function* (block) {
    const logs = logsOf(block)
    const logged = logs.some(({ address }) => address === project.address)
    if (!logged && !movedAtn(token, project.address, logs)) return undefined
    const end = yield* project.read.nextProjectId()
    let booked = 0n
    for (let projectId = 1n; projectId < end; projectId++) {
      const { funding, budget, reserved, revenue } = yield* project.read.ledgerOf([projectId])
      booked += funding + budget + reserved + revenue
    }
    const held = yield* token.read.balanceOf([project.address])
    return held === booked
      ? undefined
      : `the project contract holds ${held} wei, its ledgers sum to ${booked}`
  }),
})

import { Effect } from "effect"
import { Wallet } from "../../../chain/wallet.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { persistently } from "../steps/persistently.ts"
import type { Participant } from "../participant.ts"
import type { Solutions } from "./solutions.ts"

/** Commitments bound to task, sender and a salt: a copy is worth nothing. */
export const saltedSolutions = ({ contracts }: Participant): Solutions => {
  const { tasks, results } = contracts
  return {
    seal: Effect.fnUntraced(function* (taskId, contentHash) {
      const { address } = yield* Wallet
      const salt = yield* randomBytes32
      const commitment = yield* tasks.read.commitmentFor([taskId, address, contentHash, salt])
      return { taskId, commitment, salt }
    }),
    commit: ({ taskId, commitment }, options) =>
      persistently(
        tasks.write.commitSolution([taskId, commitment], options),
        tasks.simulate.commitSolution([taskId, commitment]),
      ),
    reveal: ({ taskId, salt = NO_SALT }, cid) => {
      const args = [taskId, cid, salt] as const
      return persistently(
        results.write.revealSaltedSolution(args),
        results.simulate.revealSaltedSolution(args),
      )
    },
  }
}

const NO_SALT = `0x${"0".repeat(64)}` as const

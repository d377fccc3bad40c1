/** Commit, wait, reveal: what every account that answers a task does, whatever its answer is worth. */
import { Effect } from "effect"
import { keccak256, stringToHex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { Wallet } from "../../../chain/wallet.ts"
import type { Agent } from "../agent.ts"
import { cidBeforeUpload } from "../work.ts"
import { randomBytes32 } from "./draw.ts"
import { expectRevert } from "./expectRevert.ts"
import { readSchedule } from "./schedule.ts"

/** The hash that commitments and traps are bound to. */
export const contentHashOf = (content: Uint8Array) => keccak256(stringToHex(cidBeforeUpload(content)))

/**
 * Commits to `solution` in the task's commit window and reveals it when its window opens, from the account that
 * sends. Gives up quietly when the task is full or the window has closed.
 */
export const submitSolution = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  solution: Uint8Array,
) {
  const { tasks, results } = agent.contracts
  const chain = yield* Chain
  const { address } = yield* Wallet
  const salt = yield* randomBytes32
  const commitment = yield* tasks.read.commitmentFor([taskId, address, contentHashOf(solution), salt])
  const schedule = yield* readSchedule(agent, taskId)
  if ((yield* chain.blockNumber) >= schedule.commitEnd) return
  const committed = yield* expectRevert(tasks.write.commitSolution([taskId, commitment]))
  if (!committed) return
  yield* chain.awaitBlock(schedule.groundTruthEnd)
  const cid = yield* agent.work.upload(solution)
  yield* expectRevert(results.write.revealSaltedSolution([taskId, cid, salt]))
})

/** Commit, wait, reveal: what every account that answers a task does, whatever its answer is worth. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { Agent } from "../agent.ts"
import type { SealedSolution } from "../protocol/solutions.ts"
import { cidBeforeUpload } from "../work.ts"
import { revealedHash } from "../revealedHash.ts"

/** The hash that commitments and traps are bound to. */
export const contentHashOf = (content: Uint8Array) => revealedHash(cidBeforeUpload(content))

/**
 * Commits to `solution` in the task's commit window. Gives back how to reveal it, or nothing when the task is full or
 * the window has closed.
 */
export const commitSolution = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  solution: Uint8Array,
  options: WriteOptions = {},
) {
  const { solutions, timetable } = agent.protocol
  const chain = yield* Chain
  const sealed = yield* solutions.seal(taskId, contentHashOf(solution))
  const { commitEnd } = yield* timetable.of(taskId)
  if ((yield* chain.blockNumber) >= commitEnd) return undefined
  return (yield* solutions.commit(sealed, options)) ? sealed : undefined
})

/** Reveals a solution that was committed when the window for it opens, with the checkpoints on the way to it. */
export const revealSolution = Effect.fnUntraced(function* (
  agent: Agent,
  sealed: SealedSolution,
  solution: Uint8Array,
  trail: readonly Uint8Array[] = [],
) {
  const { solutions, timetable } = agent.protocol
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* timetable.of(sealed.taskId)).groundTruthEnd)
  for (const checkpoint of trail) yield* agent.work.upload(checkpoint)
  const cid = yield* agent.work.upload(solution)
  yield* solutions.reveal(sealed, cid)
})

/** Commits, waits, reveals, from the account that sends. */
export const submitSolution = Effect.fnUntraced(function* (
  agent: Agent,
  taskId: bigint,
  solution: Uint8Array,
  trail: readonly Uint8Array[] = [],
) {
  const sealed = yield* commitSolution(agent, taskId, solution)
  if (sealed !== undefined) yield* revealSolution(agent, sealed, solution, trail)
})

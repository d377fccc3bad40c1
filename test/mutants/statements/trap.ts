/** Forced errors as short verbs; the trap is what `solver` hands in. */
import { type Task, contentHash, playVotes, proposeTask, saltOf, solver } from "../../contracts/cycle.ts"
import { type World, keeper } from "../../contracts/world.ts"

export const badCid = "sha256-bad-result"
const salt = saltOf("trap")

export const commitTrap = async (world: World, taskId: bigint, trapped: boolean): Promise<void> => {
  const args = [taskId, trapped, contentHash(badCid), solver, salt] as const
  const commitment = await world.read("forcedErrors", "forcedErrorCommitmentFor", args)
  await world.send(keeper, "forcedErrors", "commitForcedError", [taskId, commitment])
}

const opening = (taskId: bigint, trapped: boolean) =>
  [taskId, trapped, contentHash(badCid), solver, salt] as const

export const openTrap = async (world: World, taskId: bigint, trapped: boolean): Promise<void> => {
  await world.send(keeper, "forcedErrors", "revealForcedError", opening(taskId, trapped))
}

export const failToOpenTrap = (world: World, taskId: bigint): Promise<string> =>
  world.fails(keeper, "forcedErrors", "revealForcedError", opening(taskId, true))

/** The next task with the bad result on it, up to the end of the vote's reveals. */
export const playTrap = async (world: World, vote: Parameters<typeof playVotes>[1]): Promise<Task> => {
  const task = await playTrapToVoting(world)
  await playVotes(task, vote)
  return task
}

export const playTrapToVoting = async (world: World): Promise<Task> => {
  const task = await proposeTask(world)
  await task.commit(solver, badCid)
  task.after("commit")
  await task.revealTruth()
  task.after("truth")
  await task.reveal(solver, badCid)
  task.after("solution")
  return task
}

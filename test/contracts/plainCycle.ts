/** The training cycle on the plain set as short verbs. */
import { type Address, type Hex, keccak256, stringToHex } from "viem"
import { addressFromName } from "../../chain/wallet.ts"
import { ATN, type PlainWorld, type PlainWorldOptions, createPlainWorld } from "./plainWorld.ts"

export const founder = addressFromName("founder")
export const proposer = addressFromName("proposer")
export const solver = addressFromName("solver")
export const otherSolver = addressFromName("other solver")
export const coordinators = [1, 2, 3].map((i) => addressFromName(`coordinator ${i}`)) as unknown as readonly [
  Address,
  Address,
  Address,
]
export const outsider = addressFromName("outsider")
export const hashOf = (text: string): Hex => keccak256(stringToHex(text))

export const truth = "ground truth"
export const solution = "solution"
export const budget = 10_000n * ATN
const rewards = { learnability: 10n * ATN, solver: 5n * ATN }

/** A project with a paid budget; a proposer, two solvers and three coordinators at the least stake. */
export const createPlainCycle = async (
  options: Pick<PlainWorldOptions, "engine"> = {},
): Promise<PlainWorld> => {
  const accounts = [founder, proposer, solver, otherSolver, ...coordinators, outsider]
  const world = await createPlainWorld({ accounts, ...options })
  await world.send(proposer, "staking", "stake", [1, 100n * ATN])
  for (const account of [solver, otherSolver]) await world.send(account, "staking", "stake", [2, 50n * ATN])
  for (const account of coordinators) await world.send(account, "staking", "stake", [3, 500n * ATN])
  await world.send(founder, "project", "createProject", ["p", "cid", budget, 0n, 0n, "PT", "PT"])
  await world.send(founder, "project", "fundProject", [1n, budget, budget])
  await world.send(founder, "project", "allocateTaskBudget", [1n, budget])
  return world
}

export const propose = async (world: PlainWorld, projectId = 1n): Promise<bigint> => {
  const id = await world.read("tasks", "nextTaskId", [])
  const args = [projectId, hashOf("spec"), hashOf(truth), rewards.learnability, rewards.solver] as const
  await world.send(proposer, "tasks", "proposeTask", args)
  return id
}

/** A task whose ground truth and solution are revealed: votes are open from this block on. */
export const openVote = async (world: PlainWorld, by: Address = solver): Promise<bigint> => {
  const id = await propose(world)
  await world.send(by, "tasks", "commitSolution", [id, hashOf(solution)])
  await world.send(proposer, "results", "revealGroundTruth", [id, truth])
  await world.send(by, "results", "revealSolution", [id, solution])
  return id
}

export const vote = (
  world: PlainWorld,
  id: bigint,
  by: Address,
  isCorrect: boolean,
  score: number | bigint,
) => world.send(by, "results", "submitVote", [id, solver, isCorrect, BigInt(score), "report"])

export const finalise = (world: PlainWorld, id: bigint) =>
  world.send(outsider, "results", "finalizeVoting", [id, solver])

export const statusOf = async (world: PlainWorld, id: bigint): Promise<number> =>
  (await world.read("tasks", "getTask", [id]))[3]

/** What an account's ATN changes by while something happens. */
export const change = async (
  world: PlainWorld,
  account: Address,
  during: () => Promise<unknown>,
): Promise<bigint> => {
  const before = await world.balanceOf(account)
  await during()
  return (await world.balanceOf(account)) - before
}

/** What the gas benchmark plays of projects: ordinary tasks of one to four solvers, traps, disputes, money, stakes. */
import type { Address } from "viem"
import {
  type Task,
  aggregators,
  cidOf,
  contentHash,
  coordinators,
  createPopulatedWorld,
  founder,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  saltOf,
  solver,
  solvers,
} from "../contracts/cycle.ts"
import { ATN, type ContractName, type World, governance, keeper } from "../contracts/world.ts"

/** Names of contracts in tables, by their names in test worlds. */
export const contractNames: Readonly<Partial<Record<string, string>>> = {
  token: "ATNToken",
  staking: "ParticipantStaking",
  project: "Project",
  tasks: "TaskContract",
  results: "ResultsRewards",
  forcedErrors: "ForcedErrorRegistry",
  scorecard: "CapabilityScorecard",
  timelock: "Timelock",
  dao: "AutonetDAO",
  treasury: "Treasury",
  constitution: "Constitution",
  disputes: "AggregationDisputes",
  shards: "ModelShardRegistry",
  projectToken: "ProjectToken",
} satisfies Record<ContractName, string>

const playHonestTask = async (world: World, count: number): Promise<Task> => {
  const by = solvers.slice(0, count)
  const task = await playToVoting(world, by)
  await playVotes(task, () => ({ isCorrect: true, score: 90 }), by)
  return task
}

const playTasks = async (world: World): Promise<void> => {
  for (const count of [1, 2, 4]) {
    const task = await playHonestTask(world, count)
    for (const on of solvers.slice(0, count)) await task.finalise(on)
    await (await playHonestTask(world, count)).close()
  }
  const missed = await proposeTask(world)
  await world.send(solver, "tasks", "submitCheckpoint", [
    missed.id,
    1n,
    contentHash("w"),
    contentHash("d"),
    saltOf("c"),
  ])
  await missed.commit(solver)
  missed.after("solution")
  await missed.close()
  // What the missed ground truth cost has to be topped up before the next proposal.
  await world.send(proposer, "staking", "addToStake", [50n * ATN])
  await world.send(solver, "staking", "addToStake", [50n * ATN])
  const disputed = await playHonestTask(world, 1)
  for (const status of [11, 8]) {
    await world.send(governance, "tasks", "updateTaskStatus", [disputed.id, status])
  }
  await disputed.close()
}

const playTraps = async (world: World): Promise<void> => {
  for (const trapped of [true, false]) {
    const id = await world.read("tasks", "nextTaskId", [])
    const content = [id, trapped, contentHash(cidOf(solver)), solver, saltOf("trap")] as const
    const commitment = await world.read("forcedErrors", "forcedErrorCommitmentFor", content)
    await world.send(keeper, "forcedErrors", "commitForcedError", [id, commitment])
    const task = await playToVoting(world)
    await playVotes(task, (seat) => ({ isCorrect: !trapped || seat > 2, score: 70 }))
    await world.send(keeper, "forcedErrors", "revealForcedError", content)
    await task.finalise()
  }
  await world.send(governance, "forcedErrors", "setJackpotAmount", [40n * ATN])
}

const playProject = async (world: World): Promise<void> => {
  const [aggregator] = aggregators as unknown as readonly [Address]
  await world.send(outsider, "project", "drawAggregator", [1n, 1n])
  await world.send(aggregator, "project", "publishGlobalModel", [1n, 1n, "sha256-global-model"])
  await world.send(outsider, "project", "createProject", ["q", "cid", 500n * ATN, 0n, 9n * ATN, "Q", "Q"])
  await world.send(outsider, "project", "setTokenPrice", [2n, ATN])
  await world.send(outsider, "project", "setOpenProposals", [2n, true, 60n * ATN])
  for (const amount of [400n, 100n]) {
    await world.send(founder, "project", "fundProject", [2n, amount * ATN, amount * ATN])
  }
  await world.send(outsider, "project", "allocateTaskBudget", [2n, 300n * ATN])
  await world.send(outsider, "project", "setMatureModel", [2n, "sha256-weights", 8n * ATN])
  const tiers = [100n, 200n].map((held) => {
    return { ptThreshold: held * ATN, discountPermille: held }
  })
  await world.send(outsider, "project", "setDiscountTiers", [2n, tiers])
  for (const user of [solver, founder]) await world.send(user, "project", "requestInference", [2n, "input"])
  const token = await world.read("project", "getProjectToken", [2n])
  await world.send(founder, "projectToken", "transfer", [solver, 50n * ATN], token)
  for (const holder of [founder, outsider]) await world.send(holder, "project", "withdrawRevenue", [2n])
  await world.send(governance, "project", "updateStatus", [2n, 5])
}

const playStakes = async (world: World): Promise<void> => {
  const [leaving] = coordinators as unknown as readonly [Address]
  await world.send(leaving, "staking", "addToStake", [ATN])
  await world.send(leaving, "staking", "requestUnstake", [])
  world.extraSeconds += 30n * 86_400n
  await world.send(leaving, "staking", "unstake", [])
  await world.send(governance, "staking", "setMinStake", [3, 400n * ATN])
  await world.send(outsider, "token", "transfer", [leaving, ATN])
  await world.send(outsider, "token", "delegate", [outsider])
}

export const playProjects = async (): Promise<void> => {
  const world = await createPopulatedWorld()
  await playTasks(world)
  await playTraps(world)
  await playProject(world)
  await playStakes(world)
  const open = await createPopulatedWorld({
    parameters: parameters("ResultsRewards", { panelSize: 0n, allowPlainVotes: 1n }),
  })
  const task = await playToVoting(open)
  for (const by of coordinators) await task.submitVote(by, true, 90)
  task.after("opening")
  await task.finalise()
}

/** Tasks on the plain set, in parallel: each block carries six tasks on by a step, twelve calls in all. */
import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import {
  coordinators,
  createPlainCycle,
  finalise,
  founder,
  hashOf,
  otherSolver,
  outsider,
  propose,
  proposer,
  solution,
  solver,
  statusOf,
  truth,
  vote,
} from "../../contracts/plainCycle.ts"
import { ATN, type PlainWorld } from "../../contracts/plainWorld.ts"
import { type Load, record } from "./load.ts"

const projectId = 1n
/** More than a task's pay, so that the pot grows and every task leaves revenue to share. */
const inferencePrice = 25n * ATN
const investment = ATN

/** As many tasks as the project's budget pays. */
const mostTasks = 400

export const recordPlainCycle = async (tasks: number): Promise<Load> => {
  if (tasks > mostTasks)
    throw new Error(`The budget of the plain cycle pays ${mostTasks} tasks, not ${tasks}.`)
  const { engine, take } = record(await createEthereumJsEngine())
  const world = await createPlainCycle({ engine })
  await world.send(outsider, "project", "fundProject", [projectId, investment, investment])
  const play = createPlayer(world)
  // From here on every block has all steps, and tasks change slots that earlier ones filled.
  for (const _ of steps) await play()
  const setup = take().transactions
  await look(world)
  const { views } = take()
  for (let task = 0; task < tasks; task++) await play()
  return {
    name: "plain set",
    says: "draw for a trap, propose, commit, two reveals, three votes, settle, publish, use, share",
    tasks,
    drawsFromPrevRandao: false,
    setup,
    cycle: take().transactions,
    views,
  }
}

type Step = (world: PlainWorld, id: bigint) => Promise<unknown>

/** After the proposal. */
const steps: readonly Step[] = [
  (world, id) => world.send(solver, "tasks", "commitSolution", [id, hashOf(solution)]),
  async (world, id) => {
    await world.send(proposer, "results", "revealGroundTruth", [id, truth])
    await world.send(solver, "results", "revealSolution", [id, solution])
  },
  async (world, id) => {
    for (const [seat, coordinator] of coordinators.entries()) {
      await vote(world, id, coordinator, true, 80 + seat)
    }
  },
  async (world, id) => {
    await finalise(world, id)
    await world.send(founder, "project", "setMatureModel", [projectId, `weights ${id}`, inferencePrice])
  },
  async (world, id) => {
    await world.send(otherSolver, "project", "requestInference", [projectId, `input ${id}`])
    await world.send(outsider, "project", "withdrawRevenue", [projectId])
  },
]

/** Each call plays a block: a task begins, those before it move on. */
const createPlayer = (world: PlainWorld): (() => Promise<void>) => {
  const open: bigint[] = []
  return async () => {
    for (const [age, id] of [...open.entries()].toReversed()) await (steps[age] as Step)(world, id)
    await world.send(proposer, "forcedErrors", "shouldInjectForcedError", [])
    open.unshift(await propose(world))
    if (open.length > steps.length) open.pop()
    world.mine(1)
  }
}

const look = async (world: PlainWorld): Promise<void> => {
  for (const account of [solver, ...coordinators]) {
    await world.balanceOf(account)
    await world.stakeOf(account)
  }
  for (const id of [1n, 2n, 3n]) {
    await statusOf(world, id)
    await world.read("results", "getVotes", [id, solver])
    await world.read("results", "getConsensusResult", [id, solver])
  }
  await world.read("project", "getEffectivePrice", [projectId, otherSolver])
}

/** A load of real transactions: tasks played from proposal to payment on the built-in contracts. */
import type { Address, Engine } from "../../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis } from "../../../chain/genesis.ts"
import { deploySuite, distributeAtn } from "../../../chain/suite.ts"
import { compiledContracts } from "../../compiledContracts.ts"
import { ATN, World, genesisHolder, governance, keeper } from "../../contracts/world.ts"
import {
  type Task,
  aggregators,
  budget,
  coordinators,
  founder,
  outsider,
  playToVoting,
  playVotes,
  proposer,
  role,
  solvers,
} from "../../contracts/cycle.ts"
import { type Load, record } from "./load.ts"

/** Plays so many tasks, each with four solvers and a panel of five, and keeps every transaction. */
export const recordBuiltInCycle = async (tasks: number): Promise<Load> => {
  const { engine, take } = record(await createEthereumJsEngine())
  const world = await createPopulated(engine)
  // The first task fills slots that those after it only change.
  const first = await playTask(world)
  const setup = take().transactions
  await look(world, first)
  const { views } = take()
  for (let index = 0; index < tasks; index++) await playTask(world)
  return {
    name: "built-in contracts",
    says: "propose, four commits, reveals, draw of a panel of five, votes committed and revealed, settle",
    tasks,
    drawsFromPrevRandao: true,
    setup,
    cycle: take().transactions,
    views,
  }
}

const solversAtWork = solvers.slice(0, 4)

const playTask = async (world: World): Promise<Task> => {
  const task = await playToVoting(world, solversAtWork)
  await playVotes(task, vote, solversAtWork)
  await settle(task)
  world.mine(1)
  return task
}

const look = async (world: World, task: Task): Promise<void> => {
  for (const account of [...solversAtWork, ...coordinators]) {
    await world.balanceOf(account)
    await world.stakeOf(account)
  }
  await task.status()
  await task.panel()
  for (const solver of solversAtWork) {
    await task.outcome(solver)
    await world.read("results", "getVotes", [task.id, solver])
    await world.read("results", "getConsensusResult", [task.id, solver])
  }
}

const vote = () => ({ isCorrect: true, score: 80 })

const settle = async (task: Task): Promise<void> => {
  for (const solver of solversAtWork) {
    if ((await task.outcome(solver)) === 0) await task.finalise(solver)
  }
  if ((await task.status()) !== 10) await task.close()
}

const createPopulated = async (engine: Engine): Promise<World> => {
  const compiled = await compiledContracts()
  const block = { ...new World(engine, {} as World["at"]).environment, number: 0n }
  const genesis = createGenesis({ engine, compiled, block })
  const suite = await deploySuite({ genesis, governance, genesisHolder, keeper, governedBy: "deployer" })
  const world = new World(engine, suite)
  const people = [founder, proposer, ...solvers, ...coordinators, ...aggregators, outsider]
  const payments = people.map((to) => ({ to, amount: 20_000n * ATN }))
  await distributeAtn({ genesis, token: suite.token, from: genesisHolder, payments })
  for (const person of people) {
    for (const spender of [suite.staking, suite.project]) {
      await world.send(person, "token", "approve", [spender, 2n ** 256n - 1n])
    }
  }
  const stake = (who: Address, as: number, atn: bigint) =>
    world.send(who, "staking", "stake", [as, atn * ATN])
  await stake(proposer, role.proposer, 100n)
  for (const solver of solvers) await stake(solver, role.solver, 50n)
  for (const coordinator of coordinators) await stake(coordinator, role.coordinator, 500n)
  await world.send(genesisHolder, "token", "transfer", [founder, budget])
  await world.send(founder, "project", "createProject", ["p", "cid", 0n, budget, 0n, "PT", "PT"])
  await world.send(founder, "project", "setProposerAllowed", [1n, proposer, true])
  return world
}

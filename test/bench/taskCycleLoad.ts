/** A load of real transactions: tasks played from proposal to payment on the built-in contracts. */
import { compiledContracts } from "../compiledContracts.ts"
import type { Address, BlockEnvironment, Engine, Message } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { deploySuite, distributeAtn } from "../../chain/suite.ts"
import { ATN, World, genesisHolder, governance, keeper } from "../contracts/world.ts"
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
} from "../contracts/cycle.ts"

export interface Transaction {
  readonly message: Message
  readonly block: BlockEnvironment
}

export interface Load {
  /** Genesis and staking: the state that the cycle starts from. */
  readonly setup: readonly Transaction[]
  readonly cycle: readonly Transaction[]
}

/** Plays so many tasks, each with four solvers and a panel of five, and keeps every transaction. */
export const recordTaskCycle = async (tasks: number): Promise<Load> => {
  const recorded: Transaction[] = []
  const engine = recording(await createEthereumJsEngine(), recorded)
  const world = await createPopulated(engine)
  const setup = recorded.splice(0)
  for (let index = 0; index < tasks; index++) {
    const task = await playToVoting(world, solvers.slice(0, 4))
    await playVotes(task, vote, solvers.slice(0, 4))
    await settle(task)
    world.mine(1)
  }
  return { setup, cycle: recorded }
}

const vote = () => ({ isCorrect: true, score: 80 })

const settle = async (task: Task): Promise<void> => {
  for (const solver of solvers.slice(0, 4)) {
    if ((await task.outcome(solver)) === 0) await task.finalise(solver)
  }
  if ((await task.status()) !== 10) await task.close()
}

const recording = (engine: Engine, into: Transaction[]): Engine => ({
  ...engine,
  transact: (message, block) => {
    into.push({ message, block })
    return engine.transact(message, block)
  },
})

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

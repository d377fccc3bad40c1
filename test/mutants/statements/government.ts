/** The statements about DAO, timelock, constitution and treasury. */
import { expect } from "vitest"
import { type Address, type Hex, encodeFunctionData, getAddress, keccak256 } from "viem"
import { taskContractAbi } from "../../../chain/abi/taskContract.ts"
import { parameterKey } from "../../../chain/suite.ts"
import { founder, outsider, saltOf } from "../../contracts/cycle.ts"
import { ATN, type World, genesisHolder, governance } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const DEFEATED = 3
/** A call that anybody may make on any contract with parameters. */
const harmless = encodeFunctionData({ abi: taskContractAbi, functionName: "governance" })

/** Nearly all ATN lie with one holder. */
const delegate = async (world: World, holder: Address): Promise<void> => {
  await world.send(holder, "token", "delegate", [holder])
  world.mine(1)
}

/** The proposal to make a call, by one holder. */
const propose = async (world: World, by: Address, target: Address, data: Hex = harmless): Promise<bigint> => {
  await delegate(world, by)
  const id = await world.read("dao", "nextProposalId", [])
  await world.send(by, "dao", "proposeFor", [getAddress(target), 0n, data, "a change"])
  return id
}

const openVotes = async (world: World, id: bigint): Promise<void> => {
  world.blockNumber = (await world.read("dao", "proposals", [id]))[3] + 1n
}

const endVotes = async (world: World, id: bigint): Promise<void> => {
  world.blockNumber = (await world.read("dao", "proposals", [id]))[4] + 1n
}

/** Carried by the votes of one holder, and in the timelock. */
const queued = async (world: World, target: Address): Promise<bigint> => {
  const id = await propose(world, genesisHolder, target)
  await openVotes(world, id)
  await world.send(genesisHolder, "dao", "castVote", [id, true])
  await endVotes(world, id)
  await world.send(outsider, "dao", "queue", [id])
  return id
}

const twoDays = 2n * 86_400n

export const governmentStatements: Statements = {
  "vote-twice": {
    holds: async (world) => {
      const id = await propose(world, genesisHolder, world.at.tasks)
      await openVotes(world, id)
      await world.send(genesisHolder, "dao", "castVote", [id, true])
      expect(await world.fails(genesisHolder, "dao", "castVote", [id, true])).toMatch(/^AlreadyVoted/)
    },
  },
  "votes-of-today": {
    holds: async (world) => {
      const id = await propose(world, genesisHolder, world.at.tasks)
      await delegate(world, outsider)
      await openVotes(world, id)
      expect(await world.fails(outsider, "dao", "castVote", [id, true])).toMatch(/^NoVotes/)
    },
  },
  "proposal-quorum-off": {
    holds: async (world) => {
      const id = await propose(world, outsider, world.at.tasks)
      await openVotes(world, id)
      await world.send(outsider, "dao", "castVote", [id, true])
      await endVotes(world, id)
      expect(await world.read("dao", "getProposalState", [id])).toBe(DEFEATED)
    },
  },
  "target-unbound": {
    holds: async (world) => {
      const id = await queued(world, world.at.tasks)
      world.extraSeconds += twoDays
      const args = [id, getAddress(world.at.staking), harmless] as const
      expect(await world.fails(outsider, "dao", "execute", args)).toMatch(/^WrongTarget/)
      await world.send(outsider, "dao", "execute", [id, getAddress(world.at.tasks), harmless])
    },
  },
  "jury-ignored": {
    holds: async (world) => {
      const id = await propose(world, genesisHolder, world.at.constitution)
      await openVotes(world, id)
      await world.send(genesisHolder, "dao", "castVote", [id, true])
      await endVotes(world, id)
      expect(await world.read("dao", "getProposalState", [id])).toBe(DEFEATED)
    },
  },
  "queue-by-anyone": {
    holds: async (world) => {
      const args = [1n, world.at.tasks, 0n, keccak256(harmless)] as const
      expect(await world.fails(outsider, "timelock", "queue", args)).toMatch(/^NotDao/)
    },
  },
  "no-timelock-delay": {
    holds: async (world) => {
      const id = await queued(world, world.at.tasks)
      world.extraSeconds += twoDays - 1n
      const args = [id, getAddress(world.at.tasks), harmless] as const
      expect(await world.fails(outsider, "dao", "execute", args)).toMatch(/^NotReady/)
    },
  },
  "amendment-by-ordinary-vote": {
    holds: async (world) => {
      const id = await propose(world, genesisHolder, world.at.constitution)
      const { jury } = await world.read("dao", "termsOf", [id])
      expect(getAddress(jury)).toBe(getAddress(world.at.constitution))
    },
  },
  "unbound-verdict": {
    holds: async (world) => {
      const jurors = [outsider, genesisHolder] as const
      for (const juror of jurors) await world.send(juror, "staking", "stake", [5, 10_000n * ATN])
      await propose(world, genesisHolder, world.at.constitution)
      const { startBlock, commitEnd } = await world.read("constitution", "juryOf", [1n])
      world.blockNumber = BigInt(startBlock) + 1n
      await world.send(founder, "constitution", "drawJury", [1n])
      const said = [true, 90n, "report", saltOf("verdict")] as const
      const commitment = await world.read("constitution", "verdictCommitmentFor", [1n, outsider, ...said])
      for (const juror of jurors) await world.send(juror, "constitution", "commitVerdict", [1n, commitment])
      world.blockNumber = BigInt(commitEnd) + 1n
      await world.send(outsider, "constitution", "revealVerdict", [1n, ...said])
      const theft = await world.fails(genesisHolder, "constitution", "revealVerdict", [1n, ...said])
      expect(theft).toMatch(/^WrongVerdictReveal/)
    },
  },
  "calls-unprotected": {
    holds: async (world) => {
      const mint = world.encode("token", "mint", [outsider, ATN])
      const id = await propose(world, genesisHolder, world.at.token, mint)
      const { jury } = await world.read("dao", "termsOf", [id])
      expect(getAddress(jury)).toBe(getAddress(world.at.constitution))
    },
  },
  "government-by-ordinary-vote": {
    holds: async (world) => {
      const call = world.encode("dao", "setParameter", [parameterKey("proposalThreshold"), ATN])
      const id = await propose(world, genesisHolder, world.at.dao, call)
      const { jury } = await world.read("dao", "termsOf", [id])
      expect(getAddress(jury)).toBe(getAddress(world.at.constitution))
    },
  },
  "amendments-without-limit": {
    holds: async (world) => {
      await propose(world, genesisHolder, world.at.constitution)
      const again = [getAddress(world.at.constitution), 0n, harmless, "another"] as const
      expect(await world.fails(genesisHolder, "dao", "proposeFor", again)).toMatch(/^TooManyOpenAmendments/)
    },
  },
  "constitution-bounds-ignored": {
    holds: async (world) => {
      const key = parameterKey("clipBps")
      await world.send(governance, "constitution", "setBounds", [world.at.results, key, 1_900n, 2_000n])
      await world.send(governance, "results", "setParameter", [key, 1_900n])
      expect(await world.fails(governance, "results", "setParameter", [key, 1_899n])).toMatch(
        /^ParameterOutOfBounds/,
      )
    },
  },
  "jury-silence-free": {
    holds: async (world) => {
      await world.send(outsider, "staking", "stake", [5, 10_000n * ATN])
      const id = await propose(world, genesisHolder, world.at.constitution)
      await openVotes(world, id)
      await world.send(founder, "constitution", "drawJury", [1n])
      await endVotes(world, id)
      await world.send(founder, "constitution", "closeJury", [1n])
      expect(await world.stakeOf(outsider)).toBe(9_500n * ATN)
    },
  },
  "treasury-pays-anyone": {
    holds: async (world) => {
      await world.send(genesisHolder, "token", "transfer", [world.at.treasury, ATN])
      expect(await world.fails(outsider, "treasury", "pay", [outsider, ATN])).toMatch(/^NotGovernance/)
    },
  },
}

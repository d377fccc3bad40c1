/** What the gas benchmark plays beside projects: government, disputes, capability scores, models in shards. */
import { addressFromName } from "../../chain/wallet.ts"
import { outsider, proposer, role } from "../contracts/cycle.ts"
import {
  closeDispute,
  createDisputed,
  createPublished,
  disputer,
  judge,
  round,
} from "../contracts/dispute.ts"
import {
  amending,
  createGovernedWorld,
  guardian,
  keyOf,
  playJury,
  propose,
  proposeParameter,
  voters,
} from "../contracts/government.ts"
import { ann, bob, challenge, createStored, hold, model } from "../contracts/shards.ts"
import { ATN, type World, createWorld, genesisHolder, governance } from "../contracts/world.ts"

const playOrdinaryProposals = async (world: World): Promise<void> => {
  const motion = await proposeParameter(world, "results", "coordinatorFee", 2n * ATN)
  await motion.open()
  await motion.vote("rest", false)
  await motion.carry()
  await motion.ripen()
  await motion.execute()
  await (await proposeParameter(world, "results", "minVotes", 3n)).carry()
  await world.send(guardian, "dao", "veto", [2n])
  await proposeParameter(world, "results", "minVotes", 3n)
  await world.send(voters.bulk, "dao", "cancel", [3n])
}

/** Of the seven jurors the last says nothing. */
const playAmendment = async (world: World): Promise<void> => {
  const motion = await propose(world, "constitution", "amendPrinciple", [5n, "Pay for what was verified."])
  await motion.open()
  await world.send(outsider, "constitution", "drawJury", [await motion.juryId()])
  for (const voter of amending) await motion.vote(voter)
  await playJury(motion, (seat) => (seat < 6 ? { approves: true, confidence: 90 } : "silent"))
  await world.send(outsider, "constitution", "closeJury", [await motion.juryId()])
  await motion.end()
  await motion.queue()
  await motion.ripen()
  await motion.execute()
}

const playPlainProposal = async (): Promise<void> => {
  const world = await createGovernedWorld({
    deployment: { governedBy: "deployer" },
    parameters: [{ contract: "AutonetDAO", key: "allowPlainProposals", value: 1n }],
  })
  await world.send(governance, "dao", "setAuthorizedTarget", [world.at.results, true])
  await world.send(governance, "results", "setGovernance", [world.at.timelock])
  const motion = await proposeParameter(world, "results", "minVotes", 3n)
  const id = motion.id + 1n
  const [, , , , , , , , , hash] = await world.read("dao", "proposals", [motion.id])
  await world.send(voters.bulk, "dao", "propose", ["plain", hash])
  await motion.open()
  for (const voter of [voters.bulk, voters.drop]) await world.send(voter, "dao", "castVote", [id, true])
  await motion.end()
  await world.send(outsider, "dao", "queuePlain", [id, world.at.results])
  await motion.ripen()
  await world.send(outsider, "dao", "execute", [id, motion.target, motion.data])
}

const playTreasury = async (): Promise<void> => {
  const world = await createWorld({ accounts: [outsider], deployment: { treasuryWei: 20_000n * ATN } })
  await world.send(outsider, "treasury", "topUpJackpots", [])
  await world.send(governance, "treasury", "fundJackpots", [ATN])
  await world.send(governance, "treasury", "setAllowance", [outsider, ATN])
  await world.send(outsider, "treasury", "payFee", [genesisHolder, ATN])
  await world.send(governance, "treasury", "pay", [outsider, ATN])
}

const playDisputes = async (): Promise<void> => {
  const verdicts = [
    () => true,
    () => false,
    (seat: number) => seat < 3,
    (seat: number) => seat < 2 || "silent",
  ] as const
  for (const verdict of verdicts) {
    const world = await createDisputed()
    await judge(world, verdict)
    await closeDispute(world)
  }
  const undisputed = await createPublished()
  undisputed.mine(101)
  await undisputed.send(disputer, "disputes", "releaseAggregator", round)
}

const playScorecard = async (): Promise<void> => {
  const curators = [1, 2, 3].map((i) => addressFromName(`curator ${i}`))
  const world = await createWorld({ accounts: curators })
  for (const curator of curators) {
    await world.send(curator, "staking", "stake", [role.curator, 500n * ATN])
    await world.send(governance, "scorecard", "setAuthorizedEvaluator", [curator, true])
  }
  await world.send(governance, "scorecard", "registerModule", [7n, "vision", 8_000n])
  for (const evaluators of [1n, 3n]) {
    await world.send(governance, "scorecard", "setParameter", [keyOf("evaluatorsPerUpdate"), evaluators])
    for (const curator of curators) await world.send(curator, "scorecard", "reportScore", [7n, 5_000n])
  }
  await world.send(governance, "scorecard", "setTarget", [7n, 9_000n])
}

const playShards = async (): Promise<void> => {
  const world = await createStored()
  for (const index of [0, 1, 2, 3, 4]) await hold(world, index < 3 ? ann : bob, index)
  for (const index of [0, 1])
    await world.send(outsider, "shards", "reportVerificationSuccess", [model, index, ann])
  world.mine(7_200)
  for (const index of [0, 1]) await challenge(world, ann, index)
  world.mine(51)
  await world.send(outsider, "shards", "reportVerificationFailure", [model, 0, ann])
  await world.send(outsider, "shards", "triggerShardRecovery", [model, 1])
  await world.send(ann, "shards", "removeShard", [model, 2])
  await world.send(ann, "shards", "updateCapacity", [20_000n])
  await world.send(ann, "shards", "deactivateProvider", [])
  await world.send(proposer, "shards", "registerProvider", [1_000n])
}

export const playInstitutions = async (): Promise<void> => {
  const world = await createGovernedWorld({ deployment: { treasuryWei: 1_000n * ATN } })
  await playOrdinaryProposals(world)
  await playAmendment(world)
  await playPlainProposal()
  await playTreasury()
  await playDisputes()
  await playScorecard()
  await playShards()
}

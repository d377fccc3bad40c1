import type { Abi, AbiFunction, AbiParameter } from "abitype"
import { type Address, type Hex, encodeFunctionData, getContractAddress, toFunctionSelector } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { allErrorsAbi } from "../../chain/abi/allErrors.ts"
import { errorTableOf, revertReasonOf } from "../../chain/revertReason.ts"
import { parameterKey, protectedArguments, protectedFunctions } from "../../chain/suite.ts"
import { addressFromName } from "../../chain/wallet.ts"
import {
  contentHash,
  createPopulatedWorld,
  founder,
  outsider,
  parameters,
  proposeTask,
  proposer,
  role,
  solver,
} from "./cycle.ts"
import { addressOf, createGovernedWorld, guardian } from "./government.ts"
import { modelCid, registration } from "./shards.ts"
import { ATN, type ContractName, type World, abis, genesisHolder, governance, keeper } from "./world.ts"

interface Door {
  readonly contract: ContractName
  readonly item: AbiFunction
}

/** Every function of every contract of the set that can change something. */
const doors: readonly Door[] = Object.entries(abis).flatMap(([contract, abi]) =>
  (abi as Abi).flatMap((item) =>
    item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure"
      ? [{ contract: contract as ContractName, item }]
      : [],
  ),
)
const nameOf = ({ contract, item }: Door): string => `${contract}.${item.name}`
const signatureOf = ({ item }: Door): string =>
  `${item.name}(${item.inputs.map(({ type }) => type).join(",")})`

const someValue = ({ type }: AbiParameter): unknown => {
  if (type.endsWith("[]")) return []
  if (type === "address") return outsider
  if (type === "bool") return true
  if (type === "string") return "x"
  if (type === "bytes") return "0x"
  if (type.startsWith("bytes")) return `0x${"11".repeat(Number(type.slice("bytes".length)))}`
  return 1n
}

const errors = errorTableOf(allErrorsAbi)

const outcome = (world: World, from: Address, { contract, item }: Door): Promise<string> => {
  const data = encodeFunctionData({ abi: [item], functionName: item.name, args: item.inputs.map(someValue) })
  return ending(world, from, contract, data)
}

/** How a call ends that changes nothing for those after it: "success", or the reason of its revert. */
const ending = async (world: World, from: Address, contract: ContractName, data: Hex): Promise<string> => {
  const before = world.engine.snapshot()
  const message = { from, to: world.at[contract], data, value: 0n, gasLimit: 10_000_000n }
  const execution = await world.engine.transact(message, world.environment)
  world.engine.restore(before)
  return execution.status === "success" ? "success" : revertReasonOf(execution, errors).reason
}

const isGuard = (reason: string): boolean =>
  /^(NotGovernance|OwnableUnauthorizedAccount|NotDao|NotFounder)\(/.test(reason)

/** What the constitution has beside its parameters. */
const amendments = [
  "amendPrinciple",
  "repealPrinciple",
  "setBounds",
  "setProtectedCall",
  "setProtectedArguments",
  "setInstitutions",
  "openJury",
]

/** What an ordinary vote may do: numbers within bounds, money of the treasury, appointments, single decisions. */
const ordinary = [
  "setParameter",
  "setMinStake",
  "setLockupDuration",
  "setJackpotAmount",
  "setSlashAmount",
  "setForcedErrorProbability",
  "setExpirationBlocks",
  "setTarget",
  "setMultiplierBounds",
  "registerModule",
  "pay",
  "setAllowance",
  "fundJackpots",
  "setKeeper",
  "setAuthorizedEvaluator",
  "setGuardian",
  "injectForcedError",
  "processCoordinatorMiss",
  "allocateTaskBudget",
  "setProposerAllowed",
  "setOpenProposals",
  "setTokenPrice",
  "setDiscountTiers",
  "setInferencePrice",
  "updateStatus",
]

describe("after deployment", () => {
  let world: World
  let guarded: readonly Door[]
  beforeAll(async () => {
    world = await createGovernedWorld()
    const founding = ["p", "cid", 0n, 0n, 0n, "PT", "PT"] as const
    await world.send(genesisHolder, "project", "createProject", founding)
    const found: Door[] = []
    for (const door of doors) if (isGuard(await outcome(world, outsider, door))) found.push(door)
    guarded = found
  })

  test("every call that governance alone may make is refused to the deployer and to anybody else", async () => {
    // A set whose doors were not found would pass all that follows.
    expect(guarded.length).toBeGreaterThan(60)
    for (const door of guarded) {
      for (const stranger of [governance, guardian, keeper, genesisHolder]) {
        if (stranger === genesisHolder && door.contract === "project") continue
        const reason = await outcome(world, stranger, door)
        expect(isGuard(reason), `${nameOf(door)}: ${reason}`).toBe(true)
        expect(reason, nameOf(door)).toContain(stranger)
      }
    }
  })

  test("the deployer can do nothing that a stranger can't, on any contract", async () => {
    for (const door of doors) {
      const kind = (reason: string) => reason.split("(")[0]
      const strangers = await outcome(world, addressFromName("stranger"), door)
      expect(kind(await outcome(world, governance, door)), nameOf(door)).toBe(kind(strangers))
    }
  })

  test("before the hand-over the deployer was refused none of these calls, so the refusals are the hand-over's", async () => {
    const before = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
    await before.send(genesisHolder, "project", "createProject", ["p", "cid", 0n, 0n, 0n, "PT", "PT"])
    // The timelock obeys the DAO alone, the constitution's juries are opened and dismissed by it alone.
    const ofTheDao = ["timelock.queue", "timelock.execute", "timelock.cancel", "constitution.openJury"]
    const refused: string[] = []
    for (const door of guarded)
      if (isGuard(await outcome(before, governance, door))) refused.push(nameOf(door))
    expect(refused.sort()).toEqual(ofTheDao.sort())
  })

  test("the timelock governs and owns every contract, itself too, and is the token's DAO", async () => {
    const timelock = addressOf(world, "timelock")
    const powers: string[] = []
    for (const [contract, abi] of Object.entries(abis) as [ContractName, Abi][]) {
      for (const power of ["governance", "owner", "daoAddress"]) {
        if (!abi.some((item) => item.type === "function" && item.name === power)) continue
        const holder = await world.read(contract as "project", power as "owner", [])
        expect(holder, `${contract}.${power}`).toBe(timelock)
        powers.push(`${contract}.${power}`)
      }
    }
    expect(powers).toEqual(
      expect.arrayContaining(["token.daoAddress", "project.owner", "dao.owner", "timelock.governance"]),
    )
    expect(await world.read("timelock", "dao", [])).toBe(addressOf(world, "dao"))
    expect(await world.read("dao", "timelock", [])).toBe(timelock)
    for (const contract of [
      "staking",
      "project",
      "tasks",
      "results",
      "forcedErrors",
      "constitution",
    ] as const)
      expect(await world.read(contract, "constitution", [])).toBe(addressOf(world, "constitution"))
  })

  test("every guarded call is either protected by the constitution or listed as ordinary, and the other way round", async () => {
    const needs = async (door: Door): Promise<boolean> => {
      const args = [world.at[door.contract], toFunctionSelector(signatureOf(door))] as const
      return world.read("constitution", "needsAmendment", args)
    }
    const open: string[] = []
    const ofTheDao = ["queue", "execute", "cancel"]
    for (const door of guarded) {
      if (door.contract === "timelock" && ofTheDao.includes(door.item.name)) continue
      if (!(await needs(door))) open.push(door.item.name)
    }
    expect([...new Set(open)].sort()).toEqual([...ordinary].sort())
    const listed = (door: Door) =>
      ordinary.includes(door.item.name) ||
      protectedFunctions.includes(signatureOf(door)) ||
      (door.contract === "constitution" && amendments.includes(door.item.name))
    const unguarded = doors.filter((door) => listed(door) && !guarded.includes(door))
    expect(unguarded.map(nameOf)).toEqual([])
    expect(await needs({ contract: "constitution", item: guarded[0]?.item as AbiFunction })).toBe(true)
  })

  test("what the constitution protects exists: no entry of its table is a slip of the pen", () => {
    const known = new Set(doors.map(signatureOf))
    expect(protectedFunctions.filter((signature) => !known.has(signature))).toEqual([])
    expect(new Set(protectedFunctions.map((signature): Hex => toFunctionSelector(signature))).size).toBe(
      protectedFunctions.length,
    )
  })

  test("an ordinary vote can't change a number of the DAO, of the timelock or of who sits on juries, by any function that sets one", async () => {
    const needs = (contract: ContractName, call: string, args: readonly unknown[]) =>
      world.read("constitution", "needsAmendment", [world.at[contract], world.encode(contract, call, args)])
    for (const contract of ["dao", "timelock"] as const) {
      for (const key of await world.read(contract, "parameterKeys", []))
        expect(await needs(contract, "setParameter", [key, 1n]), key).toBe(true)
    }
    for (const key of ["validatorMinStake", "validatorLockup"])
      expect(await needs("staking", "setParameter", [parameterKey(key), 1n]), key).toBe(true)
    for (const call of ["setMinStake", "setLockupDuration"]) {
      expect(await needs("staking", call, [role.validator, 1n]), call).toBe(true)
      expect(await needs("staking", call, [role.solver, 1n]), call).toBe(false)
    }
    expect(await needs("staking", "setParameter", [parameterKey("solverMinStake"), 1n])).toBe(false)
    expect(await needs("results", "setParameter", [parameterKey("votingDelay"), 1n])).toBe(false)
    const known = new Set(doors.map((door) => `${door.contract}.${signatureOf(door)}`))
    expect(protectedArguments.filter((each) => !known.has(`${each.target}.${each.signature}`))).toEqual([])
  })

  test("settlement code called directly obeys nobody", async () => {
    const results = world.at.results
    const settlement = getContractAddress({ from: results, nonce: 1n })
    for (const stranger of [governance, outsider])
      expect(await world.fails(stranger, "results", "setGovernance", [stranger], settlement)).toBe(
        `NotGovernance(${stranger}, ${addressOf(world, "results")})`,
      )
  })
})

/** Calls that governance shares with others, so that no modifier guards them; and how a stranger's is refused. */
const shared: readonly (readonly [ContractName, string, readonly unknown[], refusal: string])[] = [
  ["tasks", "updateTaskStatus", [1n, 11], "NotGovernance"],
  ["tasks", "activateTask", [2n], "MayNotActivate"],
  ["project", "allocateTaskBudget", [1n, 0n], "NotFounder"],
  ["project", "setProposerAllowed", [1n, outsider, true], "NotFounder"],
  ["project", "setOpenProposals", [1n, true, ATN], "NotFounder"],
  ["project", "setTokenPrice", [1n, ATN], "NotFounder"],
  ["project", "setDiscountTiers", [1n, []], "NotFounder"],
  ["project", "setInferencePrice", [1n, ATN], "NotFounder"],
  ["project", "updateStatus", [1n, 5], "NotFounder"],
  ["project", "setMatureModel", [1n, "sha256-weights", ATN], "NotModelSetter"],
  ["project", "publishGlobalModel", [1n, 2n, "sha256-next"], "NotPublisher"],
  ["shards", "registerModel", registration, "NotPublisher"],
]

/** A task that can be disputed, one that waits for its activation, a published model. */
const createShared = async (governedBy: "deployer" | "timelock"): Promise<World> => {
  const world = await createPopulatedWorld({
    accounts: [governance],
    parameters: parameters("TaskContract", { autoActivate: 0n }),
    deployment: { governedBy, guardian },
  })
  const task = await proposeTask(world)
  await world.send(proposer, "tasks", "activateTask", [task.id])
  await task.commit(solver)
  task.after("commit")
  await task.revealTruth()
  task.after("truth")
  await task.reveal(solver)
  await proposeTask(world)
  await world.send(founder, "project", "publishGlobalModel", [1n, 1n, modelCid])
  return world
}

describe("a call that governance shares with a proposer or a founder", () => {
  test("obeys the deployer before the hand-over, and after it neither the deployer nor whoever else has an office", async () => {
    const [before, after] = [await createShared("deployer"), await createShared("timelock")]
    for (const [contract, call, args, refusal] of shared) {
      const attempt = (world: World, from: Address) =>
        ending(world, from, contract, world.encode(contract, call, args))
      expect(await attempt(before, governance), call).toBe("success")
      for (const stranger of [governance, guardian, keeper, genesisHolder, outsider])
        expect((await attempt(after, stranger)).split("(")[0], `${call} by ${stranger}`).toBe(refusal)
    }
  })

  test("is to propose tasks against any budget too: after the hand-over the deployer needs consent as others do", async () => {
    for (const [governedBy, refusal] of [
      ["timelock", `ProposerNotAllowed(1, ${governance})`],
      ["deployer", "success"],
    ] as const) {
      const world = await createShared(governedBy)
      await world.send(governance, "staking", "stake", [role.proposer, 100n * ATN])
      const task = [1n, contentHash("spec"), contentHash("truth"), ATN, ATN] as const
      expect(await ending(world, governance, "tasks", world.encode("tasks", "proposeTask", task))).toBe(
        refusal,
      )
    }
  })
})

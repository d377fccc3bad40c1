import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type Address, type Hex, keccak256 } from "viem"
import { addressFromName } from "../../chain/wallet.ts"
import { founder, outsider } from "./cycle.ts"
import { addressOf, keyOf } from "./government.ts"
import { ATN, type World, createWorld, genesisHolder, governance } from "./world.ts"

const day = 86_400n
const spender = addressFromName("spender")

describe("the treasury", () => {
  let world: World
  let goBack: () => void
  beforeAll(async () => {
    world = await createWorld({
      accounts: [outsider],
      deployment: { treasuryWei: 15_000n * ATN, jackpotPoolWei: 1_000n * ATN },
    })
    goBack = world.remember()
  })
  beforeEach(() => goBack())
  const purse = () => world.balanceOf(world.at.treasury)
  const pool = () => world.read("forcedErrors", "jackpotPool", [])

  test("has its share of the supply at genesis, less what it put into the jackpot pool", async () => {
    expect(await purse()).toBe(14_000n * ATN)
    expect(await pool()).toBe(1_000n * ATN)
  })

  test("pays what governance decides and what it has", async () => {
    expect(await world.fails(outsider, "treasury", "pay", [outsider, ATN])).toMatch(/^NotGovernance/)
    expect(await world.fails(governance, "treasury", "pay", [founder, 14_000n * ATN + 1n])).toBe(
      `BalanceTooSmall(${14_000n * ATN + 1n}, ${14_000n * ATN})`,
    )
    const { events } = await world.send(governance, "treasury", "pay", [founder, 14_000n * ATN])
    expect(events[0]).toEqual({
      contract: "treasury",
      name: "Paid",
      args: { to: founder, amount: 14_000n * ATN },
    })
    expect(await world.balanceOf(founder)).toBe(14_000n * ATN)
  })

  test("fills the jackpot pool by anyone's call up to the target, as far as its money goes", async () => {
    const { events } = await world.send(outsider, "treasury", "topUpJackpots", [])
    expect(events.map(({ name }) => name)).toContain("JackpotPoolFilled")
    expect(await pool()).toBe(10_000n * ATN)
    expect(await purse()).toBe(5_000n * ATN)
    expect(await world.fails(outsider, "treasury", "topUpJackpots", [])).toBe(
      `PoolFull(${10_000n * ATN}, ${10_000n * ATN})`,
    )
    await world.send(governance, "treasury", "setParameter", [keyOf("jackpotPoolTarget"), 99_000n * ATN])
    await world.send(outsider, "treasury", "topUpJackpots", [])
    expect([await pool(), await purse()]).toEqual([15_000n * ATN, 0n])
    expect(await world.fails(outsider, "treasury", "topUpJackpots", [])).toBe("NothingToFill()")
    await world.send(genesisHolder, "token", "transfer", [world.at.treasury, ATN])
    expect(await world.fails(outsider, "treasury", "fundJackpots", [1n])).toMatch(/^NotGovernance/)
    await world.send(governance, "treasury", "fundJackpots", [ATN])
    expect(await pool()).toBe(15_001n * ATN)
  })

  test("puts in what the pool lacks and keeps the rest, however little that is", async () => {
    await world.send(governance, "treasury", "pay", [founder, 4_999n * ATN])
    await world.send(outsider, "treasury", "topUpJackpots", [])
    expect([await pool(), await purse()]).toEqual([10_000n * ATN, ATN])
  })

  test("pays fees within an allowance: all of one or nothing, and nobody else's", async () => {
    expect(await world.read("treasury", "allowances", [world.at.constitution])).toBe(10_000n * ATN)
    expect(await world.fails(outsider, "treasury", "setAllowance", [outsider, ATN])).toMatch(/^NotGovernance/)
    const pay = (amount: bigint) => world.send(spender, "treasury", "payFee", [outsider, amount])
    expect((await pay(1n)).events).toEqual([])
    const { events } = await world.send(governance, "treasury", "setAllowance", [spender, 20_000n * ATN])
    expect(events[0]?.args).toEqual({ spender, amount: 20_000n * ATN })
    expect((await pay(14_000n * ATN + 1n)).events).toEqual([])
    const paid = await pay(13_999n * ATN)
    expect(paid.events[0]?.args).toEqual({ spender, to: outsider, amount: 13_999n * ATN })
    expect(BigInt(paid.returnData)).toBe(1n)
    expect(await world.read("treasury", "allowances", [spender])).toBe(6_001n * ATN)
    await world.send(genesisHolder, "token", "transfer", [world.at.treasury, 10_000n * ATN])
    expect((await pay(6_001n * ATN + 1n)).events).toEqual([])
    await pay(6_001n * ATN)
    expect(await world.read("treasury", "allowances", [spender])).toBe(0n)
    expect(await purse()).toBe(4_000n * ATN)
    await world.send(governance, "treasury", "setAllowance", [spender, 4_000n * ATN])
    await pay(4_000n * ATN)
    expect(await purse()).toBe(0n)
  })

  test("receives what slashes take", async () => {
    await world.send(outsider, "staking", "stake", [2, 50n * ATN])
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    await world.send(governance, "staking", "slash", [outsider, 20n * ATN, "test"])
    expect(await purse()).toBe(14_020n * ATN)
  })
})

describe("the timelock", () => {
  let world: World
  let goBack: () => void
  const dao = addressFromName("some DAO")
  beforeAll(async () => {
    world = await createWorld()
    await world.send(governance, "timelock", "setDao", [dao])
    await world.send(governance, "results", "setGovernance", [world.at.timelock])
    goBack = world.remember()
  })
  beforeEach(() => goBack())
  const key = keyOf("minVotes")
  const data = (): Hex => world.encode("results", "setParameter", [key, 5n])
  const call = () => [1n, world.at.results, 0n, keccak256(data())] as const
  const operation = () => world.read("timelock", "operationOf", [dao, ...call()])
  const execution = () => [1n, world.at.results, 0n, data()] as const
  const failsToExecute = (by: Address = dao) => world.fails(by, "timelock", "execute", execution())

  test("executes what its DAO queued, once, between delay and expiry", async () => {
    expect(await failsToExecute()).toBe(`NothingQueued(${await operation()})`)
    await world.send(dao, "timelock", "queue", call())
    expect(await world.fails(dao, "timelock", "queue", call())).toBe(`AlreadyQueued(${await operation()})`)
    const readyAt = world.environment.timestampSeconds + 2n * day
    world.extraSeconds = 2n * day - 1n
    expect(await failsToExecute()).toBe(`NotReady(${await operation()}, ${readyAt}, ${readyAt - 1n})`)
    world.extraSeconds = 16n * day + 1n
    const end = readyAt + 14n * day
    expect(await failsToExecute()).toBe(`OperationExpired(${await operation()}, ${end}, ${end + 1n})`)
    world.extraSeconds = 16n * day
    const { events } = await world.send(dao, "timelock", "execute", execution())
    expect(events[0]).toEqual({
      contract: "timelock",
      name: "OperationExecuted",
      args: { operation: await operation() },
    })
    expect(await world.read("results", "MIN_COORDINATORS", [])).toBe(5n)
    expect(await failsToExecute()).toBe(`NothingQueued(${await operation()})`)
    expect(await world.fails(dao, "timelock", "cancel", call())).toBe(`NothingQueued(${await operation()})`)
  })

  test("executes at the delay's last second too, whatever the parameters are by then", async () => {
    await world.send(dao, "timelock", "queue", call())
    await world.send(governance, "timelock", "setParameter", [keyOf("timelockDelay"), 9n * day])
    await world.send(governance, "timelock", "setParameter", [keyOf("timelockExpiry"), 3_600n])
    world.extraSeconds = 2n * day
    await world.send(dao, "timelock", "execute", execution())
    expect(await world.read("results", "MIN_COORDINATORS", [])).toBe(5n)
  })

  test("forgets what its DAO cancels", async () => {
    await world.send(dao, "timelock", "queue", call())
    await world.send(dao, "timelock", "cancel", call())
    world.extraSeconds = 2n * day
    expect(await failsToExecute()).toBe(`NothingQueued(${await operation()})`)
  })

  test("obeys nobody but its DAO, and after a change of DAO nothing of the former's is executed", async () => {
    const refusal = `NotDao(${outsider}, ${dao})`
    expect(await world.fails(outsider, "timelock", "queue", call())).toBe(refusal)
    expect(await world.fails(outsider, "timelock", "cancel", call())).toBe(refusal)
    await world.send(dao, "timelock", "queue", call())
    world.extraSeconds = 2n * day
    expect(await failsToExecute(outsider)).toBe(refusal)
    expect(await world.fails(outsider, "timelock", "setDao", [outsider])).toMatch(/^NotGovernance/)
    expect(await world.fails(governance, "timelock", "setDao", [`0x${"0".repeat(40)}`])).toBe("ZeroAddress()")
    const { events } = await world.send(governance, "timelock", "setDao", [outsider])
    expect(events).toEqual([{ contract: "timelock", name: "DaoChanged", args: { dao: outsider } }])
    expect(await failsToExecute(outsider)).toMatch(/^NothingQueued/)
  })

  test("calls no address without code, and reverts as its call reverts", async () => {
    const empty = addressFromName("nobody home")
    await world.send(dao, "timelock", "queue", [2n, empty, 0n, keccak256("0x1234")])
    await world.send(dao, "timelock", "queue", [3n, empty, 0n, keccak256("0x")])
    const wrong = world.encode("results", "setParameter", [keyOf("nothing"), 5n])
    await world.send(dao, "timelock", "queue", [4n, world.at.results, 0n, keccak256(wrong)])
    world.extraSeconds = 2n * day
    expect(await world.fails(dao, "timelock", "execute", [2n, empty, 0n, "0x1234"])).toBe(`NoCode(${empty})`)
    await world.send(dao, "timelock", "execute", [3n, empty, 0n, "0x"])
    expect(await world.fails(dao, "timelock", "execute", [4n, world.at.results, 0n, wrong])).toBe(
      `UnknownParameter(${keyOf("nothing")})`,
    )
    expect(addressOf(world, "timelock")).not.toBe(dao)
  })
})

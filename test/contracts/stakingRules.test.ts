import { type Address, keccak256, numberToHex, zeroAddress } from "viem"
import { describe, expect, test } from "vitest"
import { addressFromName } from "../../chain/wallet.ts"
import { ATN, type World, createWorld, governance, treasury } from "./world.ts"

const people = Array.from({ length: 9 }, (_, i) => addressFromName(`person ${i}`))
const [ann, bob] = people as unknown as readonly [Address, Address]
const day = 86_400n
const roles = [1, 2, 3, 4, 5, 6] as const

const createStaking = async (options: Parameters<typeof createWorld>[0] = {}): Promise<World> => {
  const world = await createWorld({ accounts: people, ...options })
  await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
  await world.send(governance, "staking", "setAuthorizedDutyKeeper", [governance, true])
  return world
}
const total = (world: World) => world.read("staking", "totalStaked", [])

describe("roles", () => {
  test("have the minimum stakes and lock-ups of the default world", async () => {
    const world = await createStaking()
    const minimums = [100n, 50n, 500n, 1_000n, 10_000n, 500n]
    const days = [7n, 3n, 14n, 14n, 21n, 14n]
    for (const [i, role] of roles.entries()) {
      expect(await world.read("staking", "minStakeAmount", [role])).toBe((minimums[i] as bigint) * ATN)
      expect(await world.read("staking", "stakeLockupDuration", [role])).toBe((days[i] as bigint) * day)
    }
  })

  test("have each their own minimum and lock-up, and there is none before 1 or after 6", async () => {
    const world = await createStaking()
    for (const role of roles) {
      await world.send(governance, "staking", "setMinStake", [role, BigInt(role)])
      await world.send(governance, "staking", "setLockupDuration", [role, BigInt(10 * role)])
    }
    for (const role of roles) {
      expect(await world.read("staking", "minStakeAmount", [role])).toBe(BigInt(role))
      expect(await world.read("staking", "stakeLockupDuration", [role])).toBe(BigInt(10 * role))
    }
    for (const role of [0, 7]) {
      expect(await world.fails(governance, "staking", "setMinStake", [role, 1n])).toBe(`UnknownRole(${role})`)
      expect(await world.fails(governance, "staking", "setLockupDuration", [role, 1n])).toBe(
        `UnknownRole(${role})`,
      )
    }
  })

  test("of coordinators, aggregators and validators are drawn by stake, the others are not", async () => {
    const world = await createStaking()
    for (const role of roles) {
      const by = people[role] as Address
      const amount = await world.read("staking", "minStakeAmount", [role])
      await world.send(by, "staking", "stake", [role, amount])
      const drawable = [3, 4, 5].includes(role)
      expect(await world.read("staking", "drawableStake", [role]), String(role)).toBe(drawable ? amount : 0n)
      expect(await world.read("staking", "isActiveParticipant", [by, role])).toBe(true)
      expect(await world.read("staking", "isActiveParticipant", [by, 0])).toBe(false)
    }
  })
})

describe("a stake", () => {
  test("is something, also where the minimum is nothing", async () => {
    const world = await createStaking()
    await world.send(governance, "staking", "setMinStake", [3, 0n])
    expect(await world.fails(ann, "staking", "stake", [3, 0n])).toBe("ZeroAmount()")
    await world.send(ann, "staking", "stake", [3, 1n])
    expect(await world.fails(ann, "staking", "addToStake", [0n])).toBe("ZeroAmount()")
    await world.send(governance, "staking", "slash", [ann, 1n, "all of it"])
    expect(await world.read("staking", "isActiveParticipant", [ann, 3])).toBe(false)
  })

  test("is counted when it comes, when it is slashed and when it goes", async () => {
    const world = await createStaking()
    await world.send(ann, "staking", "stake", [3, 500n * ATN])
    await world.send(bob, "staking", "stake", [3, 700n * ATN])
    expect(await total(world)).toBe(1_200n * ATN)
    await world.send(governance, "staking", "slash", [bob, 100n * ATN, "test"])
    expect(await total(world)).toBe(1_100n * ATN)
    await world.send(bob, "staking", "requestUnstake", [])
    world.extraSeconds += 14n * day
    const { events } = await world.send(bob, "staking", "unstake", [])
    expect(events.at(-1)).toEqual({
      contract: "staking",
      name: "Unstaked",
      args: { participant: bob, role: 3, amount: 600n * ATN },
    })
    expect(await total(world)).toBe(500n * ATN)
    expect(await world.balanceOf(world.at.staking)).toBe(500n * ATN)
  })

  test("is free at the last second of its lock-up, which a second request does not prolong", async () => {
    const world = await createStaking()
    await world.send(ann, "staking", "stake", [2, 50n * ATN])
    const { events } = await world.send(ann, "staking", "requestUnstake", [])
    const free = events[0]?.args["unlockTime"] as bigint
    expect(free).toBe(world.environment.timestampSeconds + 3n * day)
    expect(await world.fails(ann, "staking", "requestUnstake", [])).toBe(`Unstaking(${ann}, ${free})`)
    world.extraSeconds += 3n * day - 1n
    expect(await world.fails(ann, "staking", "unstake", [])).toBe(
      `LockedUntil(${ann}, ${free}, ${free - 1n})`,
    )
    expect(await world.fails(ann, "staking", "requestUnstake", [])).toBe(`Unstaking(${ann}, ${free})`)
    world.extraSeconds += 1n
    await world.send(ann, "staking", "unstake", [])
    expect(await world.fails(ann, "staking", "unstake", [])).toBe(`NotStaked(${ann})`)
    expect(await world.fails(bob, "staking", "refresh", [ann])).toBe(`NotStaked(${ann})`)
  })

  test("stays while a duty is open", async () => {
    const world = await createStaking()
    await world.send(ann, "staking", "stake", [2, 50n * ATN])
    for (let i = 0; i < 2; i++) await world.send(governance, "staking", "openDuty", [ann])
    await world.send(ann, "staking", "requestUnstake", [])
    world.extraSeconds += 3n * day
    await world.send(governance, "staking", "closeDuty", [ann])
    expect(await world.fails(ann, "staking", "unstake", [])).toBe(`OpenDuties(${ann}, 1)`)
    await world.send(governance, "staking", "closeDuty", [ann])
    await world.send(ann, "staking", "unstake", [])
  })

  test("that is slashed is burned where there is no treasury", async () => {
    const world = await createStaking()
    await world.send(governance, "staking", "setTreasury", [zeroAddress])
    await world.send(ann, "staking", "stake", [3, 500n * ATN])
    const supply = await world.read("token", "totalSupply", [])
    await world.send(governance, "staking", "slash", [ann, 500n * ATN, "test"])
    expect(await world.read("token", "totalSupply", [])).toBe(supply - 500n * ATN)
    expect(await world.balanceOf(treasury)).toBe(0n)
    expect(await world.balanceOf(zeroAddress)).toBe(0n)
  })
})

describe("the draw's tree", () => {
  const slots = async (world: World) => {
    const size = await world.read("staking", "drawableSlots", [3])
    const all: (readonly [Address, bigint])[] = []
    for (let slot = 1n; slot <= size; slot++) {
      const [who, weight] = await world.read("staking", "drawableAt", [3, slot])
      all.push([who, weight / ATN])
    }
    return all
  }
  const join = (world: World, by: Address, atn: bigint) => world.send(by, "staking", "stake", [3, atn * ATN])
  const leave = async (world: World, by: Address) => {
    await world.send(by, "staking", "requestUnstake", [])
    world.extraSeconds += 14n * day
    await world.send(by, "staking", "unstake", [])
  }

  test("gives a vacant slot to the next who joins, the last one vacated first", async () => {
    const world = await createStaking()
    for (const [i, by] of people.slice(0, 5).entries()) await join(world, by, 500n + BigInt(i))
    for (const i of [1, 3]) await leave(world, people[i] as Address)
    expect((await slots(world)).map(([, weight]) => weight)).toEqual([500n, 0n, 502n, 0n, 504n])
    await join(world, people[5] as Address, 600n)
    await join(world, people[6] as Address, 700n)
    await join(world, people[7] as Address, 800n)
    expect(await slots(world)).toEqual([
      [people[0], 500n],
      [people[6], 700n],
      [people[2], 502n],
      [people[5], 600n],
      [people[4], 504n],
      [people[7], 800n],
    ])
    expect(await world.read("staking", "drawableStake", [3])).toBe(3_606n * ATN)
  })

  test("finds everyone for the points that are theirs: each is drawn about as often as it has stake", async () => {
    const world = await createStaking()
    const stakes = [500n, 1_500n, 1_000n, 500n, 2_500n]
    for (const [i, atn] of stakes.entries()) await join(world, people[i] as Address, atn)
    const times = new Map<string, number>()
    for (let seed = 0; seed < 240; seed++) {
      const [[first]] = await world.read("staking", "drawByStake", [3, keccak256(numberToHex(seed)), 1n])
      times.set(first as Address, (times.get(first as Address) ?? 0) + 1)
    }
    // 40 expected for each 1,000 ATN of 6,000; five standard deviations are 37 at most.
    for (const [i, atn] of stakes.entries()) {
      const expected = (240 * Number(atn)) / 6_000
      expect(Math.abs((times.get(people[i] as Address) ?? 0) - expected)).toBeLessThan(
        5 * Math.sqrt(expected),
      )
    }
  })

  test("draws the second like the first, among those left: the pair follows the stakes too", async () => {
    const world = await createStaking()
    for (const [i, atn] of [4_000n, 1_000n, 1_000n].entries()) await join(world, people[i] as Address, atn)
    let second = 0
    for (let seed = 0; seed < 150; seed++) {
      const [drawn] = await world.read("staking", "drawByStake", [3, keccak256(numberToHex(seed)), 2n])
      expect(new Set(drawn).size).toBe(2)
      if (drawn[1] === ann) second++
    }
    // The big one comes second if it did not come first, and then with 4/5: 1/3 · 4/5 of 150 is 40.
    expect(Math.abs(second - 40)).toBeLessThan(5 * Math.sqrt(40))
  })

  test("cuts stakes of single wei at their exact bounds: everyone is drawn once, by every seed", async () => {
    const world = await createStaking()
    await world.send(governance, "staking", "setMinStake", [3, 1n])
    const weights = [1n, 2n, 1n, 3n, 1n]
    const firsts = new Map<string, number>()
    for (const [i, amount] of weights.entries())
      await world.send(people[i] as Address, "staking", "stake", [3, amount])
    for (let seed = 0; seed < 160; seed++) {
      const [drawn, amounts] = await world.read("staking", "drawByStake", [
        3,
        keccak256(numberToHex(seed)),
        9n,
      ])
      expect([...drawn].sort()).toEqual(people.slice(0, 5).sort())
      expect(amounts).toEqual(drawn.map((who) => weights[people.indexOf(who)]))
      firsts.set(drawn[0] as Address, (firsts.get(drawn[0] as Address) ?? 0) + 1)
    }
    // 20 expected for each wei of 8; five standard deviations.
    for (const [i, amount] of weights.entries()) {
      const expected = 20 * Number(amount)
      expect(Math.abs((firsts.get(people[i] as Address) ?? 0) - expected)).toBeLessThan(
        5 * Math.sqrt(expected),
      )
    }
  })

  test("forgets who is below the minimum and takes it back after a top-up", async () => {
    const world = await createStaking()
    await join(world, ann, 500n)
    await join(world, bob, 500n)
    await world.send(governance, "staking", "slash", [ann, ATN, "test"])
    expect(await slots(world)).toEqual([
      [ann, 0n],
      [bob, 500n],
    ])
    await world.send(ann, "staking", "addToStake", [ATN])
    expect(await slots(world)).toEqual([
      [ann, 500n],
      [bob, 500n],
    ])
  })
})

import fc from "fast-check"
import { keccak256, numberToHex } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { addressFromName } from "../../chain/wallet.ts"
import { role } from "./cycle.ts"
import { ATN, type World, createWorld, governance, treasury } from "./world.ts"

const people = Array.from({ length: 12 }, (_, i) => addressFromName(`person ${i}`))
const [ann, bob] = people as unknown as readonly [`0x${string}`, `0x${string}`]
const day = 86_400n

const createStaking = async (options: Parameters<typeof createWorld>[0] = {}): Promise<World> => {
  const world = await createWorld({ accounts: people, ...options })
  await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
  return world
}

describe("staking", () => {
  test("takes at least the role's minimum, one role an address", async () => {
    const world = await createStaking()
    expect(await world.fails(ann, "staking", "stake", [role.coordinator, 499n * ATN])).toBe(
      `BelowMinimumStake(3, ${499n * ATN}, ${500n * ATN})`,
    )
    expect(await world.fails(ann, "staking", "stake", [0, ATN])).toBe("UnknownRole(0)")
    expect(await world.fails(ann, "staking", "stake", [7, ATN])).toBe("UnknownRole(7)")
    const { events } = await world.send(ann, "staking", "stake", [role.coordinator, 500n * ATN])
    expect(events.at(-1)).toEqual({
      contract: "staking",
      name: "Staked",
      args: { participant: ann, role: 3, amount: 500n * ATN },
    })
    expect(await world.fails(ann, "staking", "stake", [role.solver, 50n * ATN])).toBe(
      `AlreadyStaked(${ann}, 3)`,
    )
    expect(await world.read("staking", "isActiveParticipant", [ann, role.coordinator])).toBe(true)
    expect(await world.read("staking", "isActiveParticipant", [ann, role.solver])).toBe(false)
    expect(await world.fails(bob, "staking", "addToStake", [ATN])).toBe(`NotStaked(${bob})`)
  })

  test("ends by a request, the role's lock-up and a withdrawal", async () => {
    const world = await createStaking()
    await world.send(ann, "staking", "stake", [role.solver, 50n * ATN])
    expect(await world.fails(ann, "staking", "unstake", [])).toBe(`UnstakeNotRequested(${ann})`)
    await world.send(ann, "staking", "requestUnstake", [])
    expect(await world.read("staking", "isActiveParticipant", [ann, role.solver])).toBe(false)
    expect(await world.fails(ann, "staking", "unstake", [])).toMatch(/^LockedUntil/)
    expect(await world.fails(ann, "staking", "addToStake", [ATN])).toMatch(/^Unstaking/)
    world.extraSeconds = 3n * day
    await world.send(ann, "staking", "unstake", [])
    expect(await world.balanceOf(ann)).toBe(20_000n * ATN)
    await world.send(ann, "staking", "stake", [role.coordinator, 500n * ATN])
  })

  test("a slash takes at most what is there, for the treasury, also during the lock-up; the rest can be topped up", async () => {
    const world = await createStaking()
    for (const account of [ann, bob])
      await world.send(account, "staking", "stake", [role.coordinator, 500n * ATN])
    expect(await world.fails(ann, "staking", "slash", [bob, ATN, "spite"])).toBe(`NotSlasher(${ann})`)
    await world.send(governance, "staking", "slash", [ann, 100n * ATN, "test"])
    expect(await world.read("staking", "isActiveParticipant", [ann, role.coordinator])).toBe(false)
    await world.send(ann, "staking", "addToStake", [100n * ATN])
    expect(await world.read("staking", "isActiveParticipant", [ann, role.coordinator])).toBe(true)
    await world.send(bob, "staking", "requestUnstake", [])
    const { events } = await world.send(governance, "staking", "slash", [bob, 9_999n * ATN, "test"])
    expect(events.at(-1)?.args).toEqual({ participant: bob, role: 3, amount: 500n * ATN, reason: "test" })
    expect((await world.send(governance, "staking", "slash", [bob, ATN, "nothing left"])).events).toEqual([])
    expect(await world.balanceOf(treasury)).toBe(600n * ATN)
    world.extraSeconds = 14n * day
    await world.send(bob, "staking", "unstake", [])
    expect(await world.balanceOf(bob)).toBe(19_500n * ATN)
  })

  test("slashes are burned where a parameter says so", async () => {
    const world = await createStaking({
      parameters: [{ contract: "ParticipantStaking", key: "burnSlashed", value: 1n }],
    })
    const supply = await world.read("token", "totalSupply", [])
    await world.send(ann, "staking", "stake", [role.coordinator, 500n * ATN])
    await world.send(governance, "staking", "slash", [ann, 100n * ATN, "test"])
    expect(await world.read("token", "totalSupply", [])).toBe(supply - 100n * ATN)
    expect(await world.balanceOf(treasury)).toBe(0n)
  })

  test("a raised minimum makes inactive at once and leaves the draw when anyone refreshes", async () => {
    const world = await createStaking()
    await world.send(ann, "staking", "stake", [role.coordinator, 500n * ATN])
    await world.send(governance, "staking", "setMinStake", [role.coordinator, 600n * ATN])
    expect(await world.read("staking", "isActiveParticipant", [ann, role.coordinator])).toBe(false)
    await world.send(bob, "staking", "refresh", [ann])
    expect(await world.read("staking", "drawableStake", [role.coordinator])).toBe(0n)
  })

  test("only governance sets, within bounds", async () => {
    const world = await createStaking()
    expect(await world.fails(ann, "staking", "setMinStake", [1, ATN])).toMatch(/^NotGovernance/)
    expect(await world.fails(governance, "staking", "setLockupDuration", [1, 366n * day])).toMatch(
      /^ParameterOutOfBounds/,
    )
    await world.send(governance, "staking", "setGovernance", [ann])
    expect(await world.fails(governance, "staking", "setTreasury", [bob])).toMatch(/^NotGovernance/)
  })
})

describe("draws by stake", () => {
  let world: World
  beforeAll(async () => {
    world = await createStaking()
    for (const [i, account] of people.entries()) {
      await world.send(account, "staking", "stake", [role.coordinator, 500n * ATN * BigInt(1 + (i % 3))])
    }
  })
  const draw = async (seed: number, count: number) =>
    await world.read("staking", "drawByStake", [
      role.coordinator,
      keccak256(numberToHex(seed)),
      BigInt(count),
    ])

  test("never draw anyone twice, and everyone when there are no more", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 16 }), async (seed, count) => {
        const [drawn, amounts] = await draw(seed, count)
        expect(new Set(drawn).size).toBe(Math.min(count, people.length))
        for (const [i, who] of drawn.entries()) expect(amounts[i]).toBe(await world.stakeOf(who))
      }),
      { numRuns: 40 },
    )
  })

  test("are in proportion to stake: of 600 first draws each third of the stake classes gets its share", async () => {
    const byClass = [0, 0, 0]
    for (let seed = 0; seed < 600; seed++) {
      const [[who]] = await draw(1_000_000 + seed, 1)
      const place = people.indexOf(who as `0x${string}`) % 3
      byClass[place] = (byClass[place] ?? 0) + 1
    }
    // Expected 100, 200, 300; five standard deviations are below 61.
    for (const [place, count] of byClass.entries())
      expect(Math.abs(count - 100 * (place + 1))).toBeLessThan(61)
  })

  test("the tree's total is the active stake after any sequence of joining, adding, slashing and leaving", async () => {
    const step = fc.record({
      who: fc.nat(5),
      what: fc.constantFrom("stake", "add", "slash", "request", "leave"),
      atn: fc.integer({ min: 1, max: 900 }),
    })
    const fresh = await createStaking()
    const goBack = fresh.remember()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        goBack()
        for (const { who, what, atn } of steps) {
          const account = people[who] as `0x${string}`
          const amount = BigInt(atn) * ATN
          fresh.extraSeconds += 5n * day
          const call =
            what === "stake"
              ? fresh.send(account, "staking", "stake", [role.coordinator, amount])
              : what === "add"
                ? fresh.send(account, "staking", "addToStake", [amount])
                : what === "slash"
                  ? fresh.send(governance, "staking", "slash", [account, amount, "test"])
                  : what === "request"
                    ? fresh.send(account, "staking", "requestUnstake", [])
                    : fresh.send(account, "staking", "unstake", [])
          await call.catch(() => undefined)
        }
        let active = 0n
        let all = 0n
        for (const account of people) {
          const stake = await fresh.stakeOf(account)
          all += stake
          if (await fresh.read("staking", "isActiveParticipant", [account, role.coordinator])) active += stake
        }
        expect(await fresh.read("staking", "drawableStake", [role.coordinator])).toBe(active)
        expect(await fresh.read("staking", "totalStaked", [])).toBe(all)
        expect(await fresh.balanceOf(fresh.at.staking)).toBe(all)
      }),
      { numRuns: 25 },
    )
  })
})

import { expect, test } from "vitest"
import { outsider } from "./cycle.ts"
import { createGovernedWorld, propose, validators } from "./government.ts"
import { hangingIn } from "./liveness.ts"

test("a jury that falls silent keeps no juror from its stake: anyone closes it", async () => {
  const world = await createGovernedWorld()
  const motion = await propose(world, "constitution", "setProtectedCall", ["0x12345678", true])
  await motion.open()
  await world.send(outsider, "constitution", "drawJury", [await motion.juryId()])
  const duties = await Promise.all(validators.map((by) => world.read("staking", "openDuties", [by])))
  expect(duties.reduce((sum, open) => sum + open, 0n)).toBe(7n)
  const block = world.blockNumber
  expect(await hangingIn(world)).toEqual([])
  expect(world.blockNumber).toBe(block)
  expect(await Promise.all(validators.map((by) => world.read("staking", "openDuties", [by])))).toEqual(duties)
})

import { expect, test } from "vitest"
import {
  createEngine,
  defaultEngine,
  engineFactory,
  engineNames,
  judgeEngine,
  UnknownEngine,
} from "../../chain/engine/engines.ts"

test("every name gives an empty engine of its own, always by the same function", async () => {
  for (const name of engineNames) {
    const [one, other] = [await createEngine(name), await createEngine(name)]
    await one.setBalance(`0x${"11".repeat(20)}`, 1n)
    expect([await one.accounts(), await other.accounts()].map((accounts) => accounts.length)).toEqual([1, 0])
    expect(engineFactory(name)).toBe(engineFactory(name))
  }
  expect(engineNames).toEqual(expect.arrayContaining([defaultEngine, judgeEngine]))
})

test("another name is refused with those that there are", async () => {
  await expect(createEngine("revm")).rejects.toThrow(
    `no EVM engine is called "revm": expected ${engineNames.join(" or ")}`,
  )
  await expect(createEngine("revm")).rejects.toBeInstanceOf(UnknownEngine)
})

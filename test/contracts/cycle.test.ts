import { describe, expect, test } from "vitest"
import { createPopulatedWorld, playToVoting, playVotes, proposer, solver, budget } from "./cycle.ts"
import { ATN, atn } from "./world.ts"

describe("a task that everyone plays honestly", () => {
  test("pays solver, proposer and panel out of the project's budget, and returns the rest", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    const before = {
      solver: await world.balanceOf(solver),
      proposer: await world.balanceOf(proposer),
    }
    const panel = await playVotes(task, () => ({ isCorrect: true, score: 80 }))
    const { events } = await task.finalise()
    expect(await world.balanceOf(solver)).toBe(before.solver + 4n * ATN)
    expect(await world.balanceOf(proposer)).toBe(before.proposer + 10n * ATN)
    expect(panel).toHaveLength(5)
    for (const by of panel) expect(await world.balanceOf(by)).toBe(19_500n * ATN + atn(1.05))
    const [funding, free, reserved, revenue] = await world.read("project", "ledgerOf", [1n])
    expect([funding, reserved, revenue]).toEqual([0n, 0n, 0n])
    expect(free).toBe(budget - 14n * ATN - 5n * atn(1.05))
    expect(await task.status()).toBe(10)
    expect(
      events.filter(({ name }) => name === "TaskStatusUpdated").map(({ args }) => args["newStatus"]),
    ).toEqual([7, 9, 10])
  })
})

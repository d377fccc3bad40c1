/**
 * V7: the capability multiplier, as the tasks of the built-in contracts are proposed under it. An authorised curator
 * reports a score, a proposer proposes a task for the module, and the multiplier is read off the task.
 */
import { addressFromName } from "../../chain/wallet.ts"
import { contentHash, createPopulatedWorld, outsider, proposer, role } from "../contracts/cycle.ts"
import { ATN, governance, type World } from "../contracts/world.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

const curator = addressFromName("curator of V7")
const TARGET_BPS = 8_000n
const DAMPING_REPORTS = 20

const createScored = async (): Promise<World> => {
  const world = await createPopulatedWorld()
  await world.send(outsider, "token", "transfer", [curator, 500n * ATN])
  await world.send(curator, "token", "approve", [world.at.staking, 500n * ATN])
  await world.send(curator, "staking", "stake", [role.curator, 500n * ATN])
  await world.send(governance, "scorecard", "setAuthorizedEvaluator", [curator, true])
  return world
}

/** The multiplier of a task proposed now for a module, in wholes. */
const multiplierOfTask = async (world: World, moduleId: bigint): Promise<number> => {
  const taskId = await world.read("tasks", "nextTaskId", [])
  const [spec, truth] = [contentHash("spec"), contentHash("truth")]
  await world.send(proposer, "tasks", "proposeTaskFor", [moduleId, 1n, spec, truth, 0n, ATN])
  const [, bps] = await world.read("tasks", "moduleOf", [taskId])
  return Number(bps) / 10_000
}

const curve = async (world: World) => {
  const points: readonly (readonly [label: string, score: bigint, expected: number])[] = [
    ["score 0", 0n, 3],
    ["score 0.4·t", 3_200n, 2],
    ["score 0.5·t", 4_000n, 1.75],
    ["score 0.8·t", 6_400n, 1],
    ["score t", 8_000n, 0.5],
    ["score 1.25·t", 10_000n, 0.5],
  ]
  const rows = []
  for (const [i, [label, score, expected]] of points.entries()) {
    const moduleId = BigInt(i + 1)
    await world.send(governance, "scorecard", "registerModule", [moduleId, label, TARGET_BPS])
    await world.send(curator, "scorecard", "reportScore", [moduleId, score])
    rows.push(
      exactRow({
        label: `multiplier, ${label}`,
        expected,
        simulated: await multiplierOfTask(world, moduleId),
        tolerance: 0,
      }),
    )
  }
  const unknown = await multiplierOfTask(world, 999n)
  return [...rows, exactRow({ label: "multiplier, unknown", expected: 1, simulated: unknown, tolerance: 0 })]
}

/** After so many reports of 0, a report of 10,000 moves the score to ⌊10,000 · weight⌋. */
const weightOfReport = async (world: World, earlier: number, moduleId: bigint): Promise<number> => {
  await world.send(governance, "scorecard", "registerModule", [moduleId, `weight ${earlier}`, TARGET_BPS])
  for (let i = 0; i < earlier; i++) await world.send(curator, "scorecard", "reportScore", [moduleId, 0n])
  await world.send(curator, "scorecard", "reportScore", [moduleId, 10_000n])
  return Number((await world.read("scorecard", "moduleCard", [moduleId])).scoreBps)
}

const weights = async (world: World) => {
  const rows = []
  for (const [i, earlier] of [0, 1, 19, 20, 21, 30].entries()) {
    const others = Math.min(earlier, DAMPING_REPORTS)
    rows.push(
      exactRow({
        label: `score (bps) after report ${earlier + 1} of 10,000, the others 0: weight 1/${others + 1}`,
        expected: Math.floor(10_000 / (others + 1)),
        simulated: await weightOfReport(world, earlier, BigInt(100 + i)),
        tolerance: 0,
      }),
    )
  }
  return rows
}

export const v7: ValidationTarget = {
  id: "V7",
  title: "Capability multiplier and the weight of a report",
  source: "linear from 3.00 at s = 0 to 0.50 at s ≥ t; s ← (s·m + r)/(m + 1), m = min(n, 20)",
  kind: "exact",
  rows: async () => {
    const world = await createScored()
    return [...(await curve(world)), ...(await weights(world))]
  },
}

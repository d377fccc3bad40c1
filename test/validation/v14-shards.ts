/**
 * V14: a model in 10 + 4 shards can be restored while at least 10 survive, so that its availability at shard survival p
 * is Σ C(14, k) pᵏ (1 − p)¹⁴⁻ᵏ over k = 10 … 14. One whole copy on one provider has availability p.
 *
 * Whole runs on the contracts: an aggregator registers a model and hands its shards out, providers prove them and are
 * from then on there with probability p in each hour, drawn by each of them anew; every hour the simulator restores the
 * model from what it is given, byte for byte. A replicate is one run.
 */
import { join } from "node:path"
import { encode, restore } from "../../ml/erasure/reedSolomon.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playExperiment } from "../run/playExperiment.ts"
import { playScenario } from "../run/playScenario.ts"
import { exactRow, statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

type Mode = "quick" | "full"

const file = join(import.meta.dirname, "shards.yaml")

interface Size {
  readonly replicates: number
  readonly hours: number
  /** Largest width of the interval. */
  readonly width: number
}

/** Expected values from the targets' table, not computed here. Sizes for an interval of half a point. */
const availabilities: readonly { readonly p: number; readonly expected: number; readonly full: Size }[] = [
  { p: 0.8, expected: 0.87016, full: { replicates: 80, hours: 2_750, width: 0.005 } },
  { p: 0.9, expected: 0.99077, full: { replicates: 16, hours: 1_250, width: 0.005 } },
  { p: 0.95, expected: 0.99957, full: { replicates: 16, hours: 500, width: 0.005 } },
]

const quickSize: Size = { replicates: 5, hours: 150, width: 0.25 }

/** On either side of p = 0.7544, near enough to it that a width below the difference tells which is better. */
const comparisons: readonly { readonly p: number; readonly expected: number; readonly full: Size }[] = [
  { p: 0.74, expected: -0.02838, full: { replicates: 20, hours: 1_600, width: 0.026 } },
  { p: 0.77, expected: 0.02766, full: { replicates: 20, hours: 1_600, width: 0.026 } },
]

export const v14: ValidationTarget = {
  id: "V14",
  title: "Models that survive in 10 of 14 shards",
  source: "binomial distribution; shards survive independently with probability p",
  kind: "statistical",
  rows: async (mode) => {
    const rows = [...everyTenOfFourteen()]
    for (const { p, expected, full } of mode === "quick" ? availabilities.slice(0, 1) : availabilities) {
      const size = mode === "quick" ? quickSize : full
      rows.push(
        statisticalRow({
          label: `availability at shard survival ${p}`,
          expected,
          replicates: await availabilityOf(mode, size, coded(p)),
          tolerance: size.width,
        }),
      )
    }
    for (const { p, expected, full } of mode === "quick" ? [] : comparisons) {
      const inShards = await availabilityOf(mode, full, coded(p))
      const whole = await availabilityOf(mode, full, oneReplica(p))
      rows.push(
        statisticalRow({
          label: `availability in shards minus that of one replica, p = ${p}`,
          expected,
          replicates: inShards.map((value, index) => value - (whole[index] ?? Number.NaN)),
          tolerance: full.width,
        }),
      )
    }
    return rows
  },
}

const coded = (p: number): readonly string[] => [`population[shards].options.onlineProbability=${p}`]

/** The same through the same code: one shard, which is the model itself, on one provider. */
const oneReplica = (p: number): readonly string[] => [
  ...coded(p),
  "population[shards].count=1",
  'parameters["ModelShardRegistry.defaultDataShards"]=1',
  'parameters["ModelShardRegistry.defaultParityShards"]=0',
]

/** The share of successful restorations, run by run. The first hours are those before failures begin. */
const availabilityOf = async (
  mode: Mode,
  { replicates, hours }: Size,
  set: readonly string[],
): Promise<readonly number[]> => {
  const runs = await play(mode, replicates, [...set, `limitHours=${hours + FIRST_PROBE_HOURS}`])
  return runs.map(({ metrics }) => metrics["availability"] ?? Number.NaN)
}

/** The model is registered in the first hour, and probed from the end of the second on. */
const FIRST_PROBE_HOURS = 2

const play = async (
  mode: Mode,
  replicates: number,
  set: readonly string[],
): Promise<readonly RunResult[]> => {
  if (mode === "full") return playExperiment(file, [...set, `replicates=${replicates}`])
  const runs: RunResult[] = []
  for (let seed = 1; seed <= replicates; seed++) runs.push(await playScenario({ file, seed, set }))
  return runs
}

/** The coding itself: how many of all choices of 10 shards give a random content back. */
const everyTenOfFourteen = (): readonly ValidationRow[] => {
  const coding = { data: 10, parity: 4 }
  const bytes = deriveStream("validation", "V14").bytes(1_003)
  const shards = encode(bytes, coding)
  const restores = (lost: readonly number[]): boolean => {
    const kept = shards.map((shard, index) => (lost.includes(index) ? undefined : shard))
    return Buffer.compare(restore(kept, coding, bytes.length), bytes) === 0
  }
  const simulated = losses(4, 14).filter(restores).length
  return [exactRow({ label: "choices of 10 shards that restore", expected: 1_001, simulated, tolerance: 0 })]
}

/** All ways to lose `count` of the shards below `below`. */
const losses = (count: number, below: number): readonly (readonly number[])[] =>
  count === 0
    ? [[]]
    : Array.from({ length: below }, (_, last) => last).flatMap((last) =>
        losses(count - 1, last).map((rest) => [...rest, last]),
      )

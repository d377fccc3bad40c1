/** How many replicates were played, which may be fewer than planned: one stops where everything is decided. */
import type { ExperimentResult } from "./experimentResult.ts"
import { formatCount, formatInteger } from "./format.ts"

type Played = Pick<ExperimentResult, "settings" | "failures" | "manifest">

/** Seeds that were played, ascending: each has a run or a failure in some setting. */
export function seedsPlayed({ settings, failures, manifest }: Played): readonly number[] {
  const played = new Set([...settings.flatMap(({ runs }) => runs), ...failures].map(({ seed }) => seed))
  return manifest.inputs.seeds.filter((seed) => played.has(seed))
}

/** `8 of at most 24 replicates`, where one may have stopped early; `24 replicates` otherwise. */
export function replicatesText(result: Played, count = seedsPlayed(result).length): string {
  const { seeds, looks = [] } = result.manifest.inputs
  return looks.length > 1
    ? `${formatInteger(count)} of at most ${formatCount(seeds.length, "replicate")}`
    : formatCount(count, "replicate")
}

/** `seed 4`, `seeds 1 to 8`: those played. */
export function seedRangeText(result: Played): string {
  const seeds = seedsPlayed(result)
  if (seeds.length === 0) return "no seeds"
  return seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`
}

/** Whether no run has a result, so that nothing can be judged. */
export const everyRunFailed = ({ settings, failures }: Played): boolean =>
  failures.length > 0 && settings.every(({ runs }) => runs.length === 0)

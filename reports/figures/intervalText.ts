import { formatCount } from "../../sim/results/format.ts"
import { settingsOf } from "./series.ts"

interface Bounds {
  readonly lower: number | null
  readonly upper: number | null
}

/** `[11.90, 12.78]`, or why there is none. */
export const intervalText = ({ lower, upper }: Bounds, format: (value: number) => string): string =>
  lower === null || upper === null ? "(one run: no interval)" : `[${format(lower)}, ${format(upper)}]`

interface RunOf {
  readonly setting: string
}

/** How many runs stand behind a figure: `6 runs`, or `6 runs of each of 3 settings`. */
export const runsText = (runs: readonly RunOf[]): string => {
  const settings = settingsOf(runs)
  const counts = settings.map((setting) => runs.filter((run) => run.setting === setting).length)
  const [first = 0] = counts
  if (settings.length === 1) return formatCount(first, "run")
  return counts.every((count) => count === first)
    ? `${formatCount(first, "run")} of each of ${settings.length} settings`
    : `${Math.min(...counts)} to ${Math.max(...counts)} runs of each of ${settings.length} settings`
}

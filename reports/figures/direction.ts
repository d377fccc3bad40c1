/** What a title may say of a mean over runs: which way it lies of zero, if they are enough to claim that. */
import { LEAST_TO_MOVE } from "../../sim/results/estimate.ts"
import type { MeanOfRuns } from "../tables/meanOfRuns.ts"

/** `unclear`: the interval includes zero. `unknown`: so few runs tell nothing, however wide it is. */
export type Direction = "above" | "below" | "unclear" | "unknown"

export const directionOf = ({ runs, lower, upper }: Omit<MeanOfRuns, "mean">): Direction => {
  if (runs < LEAST_TO_MOVE || lower === null || upper === null) return "unknown"
  return lower > 0 ? "above" : upper < 0 ? "below" : "unclear"
}

/** `in the one run made`, `in the 3 runs made`: for what was seen and is not claimed. */
export const inRunsMade = (runs: number): string => `in the ${runs === 1 ? "one run" : `${runs} runs`} made`

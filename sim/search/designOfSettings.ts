/** The settings that a search begins with: spread over the whole space, all of them different. */
import { canonicalJson } from "../kernel/canonicalJson.ts"
import type { RandomStream } from "../kernel/randomStream.ts"
import type { Factor } from "../scenario/plan.ts"
import { settingAt, type FactorSetting } from "./factorSpace.ts"
import { latinHypercube } from "./latinHypercube.ts"

/** Draws for a place of the design, before a space counts as too small for it. */
const MOST_DRAWS = 1000

/**
 * A Latin hypercube over the factors. Where whole numbers and lists make two of its points the same setting, the later
 * one is drawn anew from the whole space. Throws a `RangeError` where the space has no `count` settings.
 */
export function designOfSettings(
  factors: readonly Factor[],
  count: number,
  stream: RandomStream,
): readonly FactorSetting[] {
  const seen = new Set<string>()
  return latinHypercube({ count, dimensions: factors.length }, stream).map((point) => {
    let setting = settingAt(factors, point)
    for (let draws = 0; seen.has(canonicalJson(setting)); draws++) {
      if (draws === MOST_DRAWS) throw new RangeError(`the factors have fewer than ${count} settings`)
      setting = settingAt(
        factors,
        factors.map(() => stream.next()),
      )
    }
    seen.add(canonicalJson(setting))
    return setting
  })
}

/** A tester that is tested: engines that are wrong on purpose, one after another, all to be found. */
import { createTunedPair } from "../../test/fuzz/evm/enginePairs.ts"
import { lies } from "../../test/fuzz/evm/lies.ts"
import { search } from "../../test/fuzz/evm/search.ts"

const worldsPerLie = 2_000

/** Whether every one was found. */
export const findLies = async (seed: number): Promise<boolean> => {
  let missed = 0
  for (const [name, lie] of Object.entries(lies)) {
    const options = { seed, scenarios: worldsPerLie, maxFindings: 1, shrink: false }
    const { findings, tally } = await search(createTunedPair([lie].flat()), options)
    if (findings.length === 0) missed++
    console.log(`${findings.length > 0 ? "found " : "missed"} after ${tally.scenarios} worlds: ${name}`)
  }
  return missed === 0
}

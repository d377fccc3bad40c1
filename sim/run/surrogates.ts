/** What identities and manifests say of the surrogates that settings learn with. */
import { fittedTo, hashOfFit } from "../../ml/surrogate/fitted.ts"
import type { SurrogateRecord } from "../results/manifest.ts"
import type { Scenario } from "../scenario/scenario.ts"

/** One a data set, in the order of names. Throws where a scenario asks for one that was never fitted. */
export const surrogatesOf = (scenarios: readonly Scenario[]): readonly SurrogateRecord[] => {
  const datasets = scenarios.flatMap(({ ml, learning }) => (ml === "surrogate" ? [learning.dataset] : []))
  return [...new Set(datasets)].sort().map((dataset) => {
    const fitted = fittedTo(dataset)
    if (fitted === undefined) throw new Error(`no surrogate was fitted to ${dataset}`)
    const errors = fitted.errors.map(({ part, byRound, byRoundInterval }) => ({
      part,
      byRound,
      byRoundInterval,
    }))
    return { dataset, hash: hashOfFit(fitted), federations: fitted.federations, errors }
  })
}

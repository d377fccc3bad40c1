/** Whether two scenarios are the same world, whatever was written to get there. */
import { isDeepStrictEqual } from "node:util"
import { parameterName, type ParameterEntry } from "./registries.ts"
import type { Scenario } from "./scenario.ts"

/** `parameters`: those of the built-in contracts, whose default may be left out or written down. */
export function isSameWorld(a: Scenario, b: Scenario, parameters: readonly ParameterEntry[]): boolean {
  const defaults = Object.fromEntries(parameters.map((entry) => [parameterName(entry), entry.default]))
  const complete = (scenario: Scenario): Scenario =>
    scenario.contracts.source === "builtin"
      ? { ...scenario, parameters: { ...defaults, ...scenario.parameters } }
      : scenario
  return isDeepStrictEqual(complete(a), complete(b))
}

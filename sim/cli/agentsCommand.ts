/** `autonet-sim agents`: the strategies that ship, or the one in a file. */
import { StrategyFileRefused } from "../outside/loadRefused.ts"
import { loadStrategy } from "../outside/loadStrategy.ts"
import { absoluteReference, strategyReference } from "../outside/strategyReference.ts"
import type { Registries } from "../scenario/registries.ts"
import type { ListOptions } from "./listParameters.ts"
import { listStrategies } from "./listStrategies.ts"
import { UsageError } from "./usageError.ts"

/** Rejects with `UsageError` where nothing matches, or the file has no strategy. */
export async function agentsCommand({ strategies }: Registries, options: ListOptions): Promise<string> {
  const { pattern = "" } = options
  const reference = strategyReference(absoluteReference(pattern, ".", () => undefined))
  if (reference === undefined) return listStrategies(strategies, options)
  try {
    const { strategy } = await loadStrategy(reference.file, reference.exportName)
    return listStrategies(new Map([[strategy.name, strategy]]), { ...options, pattern: undefined })
  } catch (error) {
    if (error instanceof StrategyFileRefused) throw new UsageError(`${pattern}: ${error.message}`)
    throw error
  }
}

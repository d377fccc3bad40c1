/** The strategies that a run can have: those of the program, and those that its scenario names by file. */
import { strategies } from "../agents/registry.ts"
import type { AnyStrategy } from "../agents/strategy.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { StrategyFileRefused } from "./loadRefused.ts"
import { loadStrategy } from "./loadStrategy.ts"

/**
 * For one run: files are loaded anew, so that what one run leaves in their variables is not there in the next. Rejects
 * with `StrategyFileRefused` where a file is not what it was when the scenario was read.
 */
export async function strategiesOf({
  strategyFiles = [],
}: Scenario): Promise<ReadonlyMap<string, AnyStrategy>> {
  if (strategyFiles.length === 0) return strategies
  const known = new Map(strategies)
  for (const { strategy: name, path, exportName, modules } of strategyFiles) {
    const loaded = await loadStrategy(path, exportName).catch((error: unknown) => {
      if (!(error instanceof StrategyFileRefused)) throw error
      throw new StrategyFileRefused({ file: path, message: `${path}: ${error.message}` })
    })
    if (canonicalJson(loaded.modules) !== canonicalJson(modules)) {
      const message = `${path}: it changed since the scenario was read: results of two versions would not compare`
      throw new StrategyFileRefused({ file: path, message })
    }
    known.set(name, loaded.strategy)
  }
  return known
}

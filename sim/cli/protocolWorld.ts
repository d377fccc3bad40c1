/** The world that the product simulates: its strategies, its contracts' parameters, its runs. */
import type { SimulatedWorld } from "./simulatedWorld.ts"

// Imported on demand, so that `--help` and a mistyped command answer at once.
export async function protocolWorld(): Promise<SimulatedWorld> {
  const [{ strategies }, { contractParameters }, { runMetricNames }, { mutants }, engines] =
    await Promise.all([
      import("../agents/registry.ts"),
      import("../mechanisms/parameters.ts"),
      import("../world/runMetrics.ts"),
      import("../../chain/mutants/mutants.ts"),
      import("../../chain/engine/engines.ts"),
    ])
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js"
  return {
    registries: { strategies, parameters: contractParameters, rules: mutants, runMetrics: runMetricNames },
    engines: { names: engines.engineNames, default: engines.defaultEngine, judge: engines.judgeEngine },
    runModule: new URL(`../experiment/protocolRun.${extension}`, import.meta.url).href,
  }
}

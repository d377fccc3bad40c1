/** Workers for the time that trials take, until they are done or somebody presses Ctrl-C. */
import { availableParallelism } from "node:os"
import type { Scenario } from "../scenario/scenario.ts"
import { Interrupted, openPlayer, type Player } from "../trial/player.ts"
import { formatCount } from "../results/format.ts"
import { contractsKey } from "../../chain/contractSet/contractSet.ts"
import type { TrialProgress } from "./trialProgress.ts"
import type { TrialCommand } from "./commandLine.ts"
import { EXIT } from "./exitCodes.ts"
import { listenForInterruption } from "./interruption.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { usableCache } from "./usableCache.ts"

export interface PlayerWork {
  /** With all the contracts that will be played on. */
  readonly scenarios: readonly Scenario[]
  readonly progress: Pick<TrialProgress, "begin" | "played" | "end">
  /** Saves what is there when it is interrupted, and says in words what is; empty for nothing. */
  readonly onInterrupted: () => string
  readonly work: (player: Player) => Promise<number>
}

export const workersOf = ({ workers }: TrialCommand): number => workers ?? availableParallelism()

/** The exit code of the work, or that of an interruption. */
export async function withPlayer(
  command: TrialCommand,
  { runModule, engines }: SimulatedWorld,
  { scenarios, progress, onInterrupted, work }: PlayerWork,
): Promise<number> {
  const interruption = listenForInterruption()
  let player: Player | undefined
  try {
    const sets = new Set(scenarios.map(({ contracts }) => contractsKey(contracts))).size
    progress.begin(`preparing ${formatCount(sets, "set")} of contracts: some seconds each at the first time`)
    player = await openPlayer({
      runModule,
      scenarios,
      engine: engines.default,
      workers: workersOf(command),
      watchdogSeconds: command.watchdogSeconds,
      cacheDirectory: command.cache ? usableCache(process.env) : undefined,
      signal: interruption.signal,
      onPlayed: progress.played,
    })
    return await work(player)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    progress.end()
    const kept = onInterrupted()
    process.stderr.write(`${error.message}${kept === "" ? "" : `; ${kept}`}\n`)
    return EXIT.interrupted
  } finally {
    progress.end()
    interruption.stop()
    await player?.close()
  }
}

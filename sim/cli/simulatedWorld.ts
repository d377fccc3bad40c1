/** What the command line plays: passed in, so that it knows no protocol. */
import type { Registries } from "../scenario/registries.ts"

export interface Engines {
  readonly names: readonly string[]
  /** What is used where nobody chose. */
  readonly default: string
  /** Repeats what others have played, for the audit. */
  readonly judge: string
}

/** What there is to simulate. */
export interface SimulatedWorld {
  readonly registries: Registries
  /** Address of the run module. */
  readonly runModule: string
  /** The EVM engines that it can be played on. */
  readonly engines: Engines
}

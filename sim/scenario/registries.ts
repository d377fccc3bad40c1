/** What a scenario may name: strategies, contract parameters and metrics. The program's registries are passed in. */
import type { Schema } from "effect"
import type { ParameterUnit } from "../results/parameterText.ts"

/** A strategy as far as a scenario is concerned. Strategies are named `role/strategy`, such as `coordinator/honest`. */
export interface StrategyEntry {
  readonly description?: string | undefined
  /** Checks and completes the `options` of a population entry. Without it the strategy takes none. */
  readonly optionsSchema?: Schema.ConstraintDecoder<unknown> | undefined
  /** Accounts beside its own that an agent owns with these decoded options, each endowed like a staked solver. */
  // oxlint-disable-next-line typescript/no-explicit-any -- options are contravariant
  readonly extraAccounts?: ((options: any) => number) | undefined
  /** Options that may be the path of a file, whose content takes the path's place when the scenario is read. */
  readonly optionsFromFiles?: readonly string[] | undefined
  /** Whether it may train on examples of ground truths. */
  readonly trainsOnGroundTruth?: boolean | undefined
}

/** A number that the contracts read and governance can change. */
export interface ParameterEntry {
  readonly contract: string
  readonly key: string
  readonly unit: ParameterUnit
  readonly min: bigint
  readonly max: bigint
  readonly default: bigint
  readonly description: string
  /** The contract call that sets it. */
  readonly setBy: string
}

/** A rule of the built-in contracts that a scenario may switch off. */
export interface RuleEntry {
  readonly name: string
  /** The rule, in one sentence. */
  readonly rule: string
  /** Whose rule it is. */
  readonly contract: string
  /** The attack that becomes possible without it. */
  readonly attack: string
}

export interface Registries {
  readonly strategies: ReadonlyMap<string, StrategyEntry>
  readonly parameters: readonly ParameterEntry[]
  /** Rules that can be switched off; none where absent. */
  readonly rules?: readonly RuleEntry[] | undefined
  /** Names of the metrics of a whole run that expectations and comparisons may use; unchecked where absent. */
  readonly runMetrics?: readonly string[] | undefined
}

/** The name by which a scenario sets a contract parameter: `ResultsRewards.voteCommitBlocks`. */
export function parameterName(parameter: Pick<ParameterEntry, "contract" | "key">): string {
  return `${parameter.contract}.${parameter.key}`
}

/** Whether a strategy has any option: an empty struct would accept whatever is written. */
export function takesOptions({ ast }: Schema.ConstraintDecoder<unknown>): boolean {
  return ast._tag !== "Objects" || ast.propertySignatures.length > 0 || ast.indexSignatures.length > 0
}

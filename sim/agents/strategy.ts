import type { Effect, Schema, Scope } from "effect"
import type { Chain } from "../../chain/chain.ts"
import type { Wallet } from "../../chain/wallet.ts"
import type { Trigger } from "../../ml/poisoning/backdoor.ts"
import type { Agent } from "./agent.ts"
import type { Role } from "./role.ts"

/** What a strategy may use besides its `Agent`: the chain, with the agent's own account as the sender. */
export type StrategyServices = Chain | Wallet | Scope.Scope

/**
 * What an agent does in a role: an ordinary Effect program on virtual time.
 *
 * A failure of `run` ends the whole run with an error that names the agent; a strategy handles what it expects
 * (a reverted transaction, content that is missing) and leaves the rest to fail.
 */
export interface Strategy<Options = never> {
  /** `role/strategy`, as scenarios name it. */
  readonly name: `${Role}/${string}`
  readonly role: Role
  /** One line for a list of strategies. */
  readonly description: string
  /** Checks the `options` of a scenario and fills in their defaults. */
  readonly optionsSchema: Schema.ConstraintDecoder<unknown> & Schema.Schema<Options>
  /** Options that may be the path of a file in a scenario; the strategy gets the content. */
  readonly optionsFromFiles?: readonly string[]
  /** Accounts that the agent owns besides its own, each endowed like a staked solver. */
  readonly extraAccounts?: (options: Options) => number
  /** The trigger that the agent tries to plant in the global model: the simulator measures how well that goes. */
  readonly plants?: (options: Options) => Trigger | undefined
  /** Whether it may train on examples of ground truths: truth must then be measured on others. */
  readonly trainsOnGroundTruth?: boolean
  /** Share of all blocks, 0 to 1, that such a builder builds. */
  readonly buildsShare?: (options: Options) => number
  readonly run: (agent: Agent, options: Options) => Effect.Effect<void, unknown, StrategyServices>
}

/** Any strategy, its options already checked by its own schema. */
// oxlint-disable-next-line typescript/no-explicit-any -- options are contravariant
export type AnyStrategy = Strategy<any>

/** Fixes the options' type from the schema. */
export const defineStrategy = <Options>(strategy: Strategy<Options>): Strategy<Options> => strategy

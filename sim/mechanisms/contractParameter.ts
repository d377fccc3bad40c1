import type { SuiteContract } from "../../chain/suite.ts"

/** A number that a contract reads and that governance can change; listed once, read by everything else. */
export interface ContractParameter {
  readonly contract: SuiteContract
  /** The key on chain: short ASCII, right-padded to bytes32. */
  readonly key: string
  readonly unit: ParameterUnit
  /** Bounds that the contract itself enforces, inclusive. */
  readonly min: bigint
  readonly max: bigint
  readonly default: bigint
  /** One sentence: what it does. */
  readonly description: string
  /** The call that sets it, which governance alone may make: `ResultsRewards.setParameter("panelSize", value)`. */
  readonly setBy: string
  /** The setter that the public interface has for it, so that a set without `setParameter` can be tuned. */
  readonly publicSetter?: PublicSetter
  /** The view that the public interface has of it, so that a set without `parameter` can be asked. */
  readonly publicView?: PublicView
}

/** A call of the same contract; the parameter's value comes behind the arguments. */
export interface PublicSetter {
  readonly functionName: string
  readonly args: readonly number[]
}

/** A view of the same contract. */
export interface PublicView {
  readonly functionName: string
  readonly args: readonly number[]
  /** What the view adds to the parameter; nothing where absent. */
  readonly offset?: bigint
}

/** `fraction18` is a share with 18 decimals; `flag` is 0 or 1. */
export type ParameterUnit =
  "wei" | "blocks" | "seconds" | "bps" | "permille" | "count" | "flag" | "fraction18"

/** 10¹⁸: wei in one ATN, and one whole in fixed point. */
export const ONE = 10n ** 18n

type Details = Omit<ContractParameter, "contract" | "unit" | "setBy">

/** Constructor of a contract's parameters, so that a list reads as a table. */
export const parameterOf =
  (contract: SuiteContract) =>
  (unit: ParameterUnit, details: Details): ContractParameter => ({
    contract,
    unit,
    ...details,
    setBy: `${contract}.setParameter("${details.key}", value)`,
  })

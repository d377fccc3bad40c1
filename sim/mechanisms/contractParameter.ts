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
}

/** `fraction18` is a share with 18 decimals; `flag` is 0 or 1. */
export type ParameterUnit =
  "wei" | "blocks" | "seconds" | "bps" | "permille" | "count" | "flag" | "fraction18"

/** 10¹⁸: wei in one ATN, and one whole in fixed point. */
export const ONE = 10n ** 18n

type Details = Omit<ContractParameter, "contract" | "unit">

/** Constructor of a contract's parameters, so that a list reads as a table. */
export const parameterOf =
  (contract: SuiteContract) =>
  (unit: ParameterUnit, details: Details): ContractParameter => ({ contract, unit, ...details })

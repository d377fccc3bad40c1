/** Why a contract set cannot be used, as typed failures. */
import { Schema } from "effect"

export const ContractProblem = Schema.Struct({
  kind: Schema.Literals([
    "not-a-folder",
    "no-artifacts",
    "too-many-files",
    "both-layouts",
    "malformed-artifact",
    "duplicate-contract",
    "missing-contract",
    "no-bytecode",
    "unlinked-library",
    "too-large",
    "code-disagrees",
    "interface-differs",
    "constructor",
    "rules-off",
  ]),
  /** A folder, a file below it, or a contract. */
  where: Schema.String,
  /** What is wrong, and what would be right: a sentence each, without full stop. */
  wrong: Schema.String,
  right: Schema.String,
})
export type ContractProblem = typeof ContractProblem.Type

/** A folder of artifacts is no contract set that could run; every problem is named, not only the first. */
export class ContractSetRefused extends Schema.TaggedError<ContractSetRefused>()("ContractSetRefused", {
  /** The folder as it was named. */
  source: Schema.String,
  problems: Schema.Array(ContractProblem),
}) {
  override get message(): string {
    const lines = this.problems.map(({ where, wrong, right }) => `  ${where}: ${wrong}; ${right}.`)
    return `The contracts in ${this.source} cannot be used:\n${lines.join("\n")}`
  }
}

export const FixedParameter = Schema.Struct({
  /** `Contract.key`. */
  name: Schema.String,
  /** What the scenario asks for. */
  value: Schema.BigInt,
  /** The same as people write it. */
  written: Schema.String,
  /** What the set has; absent where no view tells. */
  fixedAt: Schema.optionalKey(Schema.BigInt),
  fixedAtWritten: Schema.optionalKey(Schema.String),
})
export type FixedParameter = typeof FixedParameter.Type

/** A scenario sets parameters that the set's bytecode fixes at other values. */
export class ParametersFixed extends Schema.TaggedError<ParametersFixed>()("ParametersFixed", {
  source: Schema.String,
  parameters: Schema.Array(FixedParameter),
}) {
  override get message(): string {
    const lines = this.parameters.map(({ name, written, fixedAtWritten: fixed }) => {
      const is = fixed === undefined ? "has no setter and no view for it" : `fixes it at ${fixed}`
      return `  ${name} is to be ${written}, and the bytecode ${is}.`
    })
    return (
      `The contracts in ${this.source} cannot be set up as the scenario says:\n${lines.join("\n")}\n` +
      "Leave these parameters out, or choose contracts that have setters for them."
    )
  }
}

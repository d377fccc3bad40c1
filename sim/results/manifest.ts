/** What an experiment was made from, in the clear (`manifest.json`). */
import { Schema } from "effect"
import { AuditPlan, EngineRecord } from "./audit.ts"
import { parameterUnits } from "./parameterText.ts"

/** What a set of contracts is to a run: code, and the interface by which agents decide what to call. */
export const ContractSetHashes = Schema.Struct({
  /** Keccak-256 of the runtime code, by contract. */
  code: Schema.Record(Schema.String, Schema.String),
  /** Keccak-256 of the init code, which is what gets deployed, by contract. */
  initCode: Schema.Record(Schema.String, Schema.String),
  /** SHA-256 over all ABIs. */
  interfaces: Schema.String,
})

/** Everything that decides results. Its canonical JSON is hashed to the experiment's identity. */
export const IdentityInputs = Schema.Struct({
  /** Scenario of every setting, resolved, as canonical JSON data: money as decimal strings of wei. */
  settings: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      /** Without the name of its contracts, which `contracts` identifies. */
      scenario: Schema.Json,
      /** Key in `contractSets`. */
      contracts: Schema.String,
    }),
  ),
  seeds: Schema.Array(Schema.Int),
  /** Numbers of replicates after which one stops if every expectation is decided, where there are several. */
  looks: Schema.optionalKey(Schema.Array(Schema.Int)),
  /** By an identifier that is a hash of the entry. */
  contractSets: Schema.Record(Schema.String, ContractSetHashes),
  /** SHA-256 over the program's TypeScript and Solidity sources. */
  sources: Schema.String,
  /** SHA-256 of the package lock. */
  lockfile: Schema.String,
  /** Such as v24.21.0. */
  node: Schema.String,
  mlBackend: Schema.String,
  /** SHA-256 by data set. */
  datasets: Schema.Record(Schema.String, Schema.String),
  /** SHA-256 of the fit by data set, of the surrogates that settings learn with; absent in older manifests. */
  surrogates: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
})
export type IdentityInputs = typeof IdentityInputs.Type

/** A number of the protocol that governance can change, as the registry has it. Amounts are decimal text. */
export const ParameterRecord = Schema.Struct({
  /** `Contract.key`. */
  name: Schema.String,
  unit: Schema.Literals(parameterUnits),
  min: Schema.String,
  max: Schema.String,
  default: Schema.String,
  /** The contract call that sets it. */
  setBy: Schema.String,
  description: Schema.String,
})
export type ParameterRecord = typeof ParameterRecord.Type

/** What a set of contracts makes of a parameter. */
export const ParameterOfSet = Schema.Struct({
  /**
   * `settable`; `fixed` by the bytecode; `absent`: the set has neither a setter nor a view of it; `agreed`: no contract
   * keeps it, agents keep to it by agreement.
   */
  control: Schema.Literals(["settable", "fixed", "absent", "agreed"]),
  /** Where nobody sets it; null where the set does not tell, or has the registry's default. */
  value: Schema.NullOr(Schema.String),
})
export type ParameterOfSet = typeof ParameterOfSet.Type

/** A set of contracts that settings ran on. */
export const ContractSetRecord = Schema.Struct({
  /** Key in `inputs.contractSets`. */
  id: Schema.String,
  /** `builtin`, or the folder as it was given. */
  source: Schema.String,
  rulesOff: Schema.Array(Schema.Struct({ name: Schema.String, rule: Schema.String })),
  /** The compiler's full version, or what is known of it. */
  compiler: Schema.String,
  /** SHA-256 over what the set was compiled from, or over its artifacts. */
  contentHash: Schema.String,
  /** Functions of the built-in set, beyond the public interface, that this one lacks: `Contract.function`. */
  missing: Schema.Array(Schema.String),
  /** Invariants that this set gives no way to check, with the reason. */
  unchecked: Schema.Array(Schema.Struct({ invariant: Schema.String, reason: Schema.String })),
  /** By `Contract.key`; those that are not here are settable and at the registry's default. */
  parameters: Schema.Record(Schema.String, ParameterOfSet),
  /** Numbers that the set shows and has no setter for, by view, in the contract's own unit. */
  fixed: Schema.Array(Schema.Struct({ view: Schema.String, value: Schema.String })),
})
export type ContractSetRecord = typeof ContractSetRecord.Type

/** By how much a surrogate was off on federations of one kind. */
export const SurrogateError = Schema.Struct({
  /** What was new to the fit: nothing (`fit`), seeds, the model, the partition, the attack, all three. */
  part: Schema.Literals(["fit", "again", "model", "partition", "attack", "all"]),
  /** Mean over rounds of the absolute error of accuracy, a share. */
  byRound: Schema.Finite,
  /** Its interval at 95 %, over federations. */
  byRoundInterval: Schema.Tuple([Schema.Finite, Schema.Finite]),
})
export type SurrogateError = typeof SurrogateError.Type

/** A surrogate that settings learn with in place of real models: what it was fitted to, and how wrong it was. */
export const SurrogateRecord = Schema.Struct({
  dataset: Schema.String,
  /** SHA-256 of the fit. */
  hash: Schema.String,
  /** Real federations that it was fitted to, and that it was compared with besides. */
  federations: Schema.Struct({ fit: Schema.Int, leftOut: Schema.Int }),
  errors: Schema.Array(SurrogateError),
})
export type SurrogateRecord = typeof SurrogateRecord.Type

/** A strategy from a file outside the program, in the clear. */
export const StrategyFileRecord = Schema.Struct({
  strategy: Schema.String,
  /** The path as it was given. */
  file: Schema.String,
  exportName: Schema.String,
  /** SHA-256 of the file and its local imports, by their paths from the file's folder. */
  modules: Schema.Record(Schema.String, Schema.String),
})
export type StrategyFileRecord = typeof StrategyFileRecord.Type

/** A parameter in one setting. */
export const ParameterInSetting = Schema.Struct({
  name: Schema.String,
  /** Null where the set does not tell. */
  value: Schema.NullOr(Schema.String),
  /**
   * `default`: nobody set it; `scenario`; `bytecode`: the set has it fixed; `absent`: the set has no such setter or
   * view.
   */
  source: Schema.Literals(["default", "scenario", "bytecode", "absent"]),
})
export type ParameterInSetting = typeof ParameterInSetting.Type

/** The version of `manifest.json` that this program reads and writes. */
export const MANIFEST_VERSION = 3

export const Manifest = Schema.Struct({
  format: Schema.Literal("autonet-sim experiment"),
  version: Schema.Literal(MANIFEST_VERSION),
  /** Version of the program, for readers; the source hash is what counts. */
  program: Schema.String,
  identity: Schema.String,
  inputs: IdentityInputs,
  /** The EVM engine that runs were played on. Outside identity: engines must agree. */
  engine: EngineRecord,
  /** Which runs another engine repeats, if any; null where the judge itself plays. Outside identity. */
  audit: Schema.NullOr(AuditPlan),
  /** The sets of contracts that settings ran on, in the order of the settings that first use them. */
  contractSets: Schema.Array(ContractSetRecord),
  /** The surrogates that settings learn with; absent in older manifests. */
  surrogates: Schema.optionalKey(Schema.Array(SurrogateRecord)),
  /** The strategies that come from files; absent where all are the program's own. */
  strategyFiles: Schema.optionalKey(Schema.Array(StrategyFileRecord)),
  /** The registry's entries, in its order. */
  parameters: Schema.Array(ParameterRecord),
  /** Every parameter in every setting. */
  settings: Schema.Array(
    Schema.Struct({ name: Schema.String, parameters: Schema.Array(ParameterInSetting) }),
  ),
  /** Where the scenario was read from, and the changes on the command line. */
  scenarioFile: Schema.String,
  set: Schema.Array(Schema.String),
  /** A copy of the scenario file as it was, so that `--resume` needs nothing else. */
  scenarioText: Schema.String,
  /** Whether traces are kept. */
  trace: Schema.Boolean,
  /** Seeds and replicates as asked on the command line; null = as in the file. */
  seed: Schema.NullOr(Schema.Int),
  replicates: Schema.NullOr(Schema.Int),
  /** Contracts and switched-off rules as asked on the command line; null = as in the file. */
  contracts: Schema.NullOr(Schema.String),
  rulesOff: Schema.Array(Schema.String),
})
export type Manifest = typeof Manifest.Type

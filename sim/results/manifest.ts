/** What an experiment was made from, in the clear (`manifest.json`). */
import { Schema } from "effect"

/** Everything that decides results. Its canonical JSON is hashed to the experiment's identity. */
export const IdentityInputs = Schema.Struct({
  /** Scenario of every setting, resolved, as canonical JSON data: money as decimal strings of wei. */
  settings: Schema.Array(Schema.Struct({ name: Schema.String, scenario: Schema.Json })),
  seeds: Schema.Array(Schema.Int),
  /** SHA-256 or keccak hash of the deployed code, by contract. */
  contracts: Schema.Record(Schema.String, Schema.String),
  /** SHA-256 over the program's TypeScript and Solidity sources. */
  sources: Schema.String,
  /** SHA-256 of the package lock. */
  lockfile: Schema.String,
  /** Such as v24.21.0. */
  node: Schema.String,
  mlBackend: Schema.String,
  /** SHA-256 by data set. */
  datasets: Schema.Record(Schema.String, Schema.String),
})
export type IdentityInputs = typeof IdentityInputs.Type

export const Manifest = Schema.Struct({
  format: Schema.Literal("autonet-sim experiment"),
  version: Schema.Literal(1),
  /** Version of the program, for readers; the source hash is what counts. */
  program: Schema.String,
  identity: Schema.String,
  inputs: IdentityInputs,
  /** Outside identity: engines must agree. */
  engine: Schema.String,
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
})
export type Manifest = typeof Manifest.Type

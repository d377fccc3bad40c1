/**
 * The fits that ship: parameters, the range of settings that they were fitted to, and how wrong they were on what the
 * fit had not seen. `npm run surrogate:fit` makes them from real training; `docs/surrogate.md` explains them.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { FitError } from "./fitError.ts"
import mnist from "./fitted/mnist.json" with { type: "json" }
import { SurrogateParameters } from "./parameters.ts"

/** Least and largest value that the fit saw. */
const Range = Schema.Struct({ min: Schema.Finite, max: Schema.Finite })
export type Range = typeof Range.Type

/** The settings between which the fit interpolates. */
export const FittedRange = Schema.Struct({
  /** Width of the one hidden layer of a perceptron. */
  hidden: Range,
  /** Concentration of Dirichlet shards; IID shards are in range too. */
  dirichletAlpha: Range,
  samples: Range,
  epochs: Range,
  batchSize: Range,
  learningRate: Range,
  momentum: Range,
  /** learning rate ÷ (1 − momentum) */
  effectiveLearningRate: Range,
  rounds: Range,
  /** Updates that are aggregated in a round. */
  updatesPerRound: Range,
  /** Share of clients that attack. */
  attackers: Range,
  /** Kinds of aggregation rules. */
  rules: Schema.Array(Schema.String),
  /** Strength of each attack: of a sign flip, a scaled update, relative noise; deviation of garbage. */
  attacks: Schema.Record(Schema.String, Range),
})
export type FittedRange = typeof FittedRange.Type

export const Fitted = Schema.Struct({
  dataset: Schema.String,
  datasetHash: Schema.String,
  /** The command that made the file. */
  command: Schema.String,
  /** Number of real federations behind it, by use. */
  federations: Schema.Struct({ fit: Schema.Int, leftOut: Schema.Int }),
  range: FittedRange,
  parameters: SurrogateParameters,
  errors: Schema.Array(FitError),
})
export type Fitted = typeof Fitted.Type

const decode = (data: unknown): Fitted =>
  Schema.decodeUnknownSync(Fitted)(data, { onExcessProperty: "error" })

const fits: ReadonlyMap<string, Fitted> = new Map([decode(mnist)].map((fit) => [fit.dataset, fit]))

/** Names of the data sets that have a fit. */
export const fittedDatasets: readonly string[] = [...fits.keys()]

/** The fit for a data set, if there is one. */
export const fittedTo = (dataset: string): Fitted | undefined => fits.get(dataset)

/** SHA-256 of all that a fit says: belongs to the identity of runs that use it. */
export const hashOfFit = (fitted: Fitted): string => sha256Hex(canonicalJson(fitted))

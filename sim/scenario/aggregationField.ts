/** How the verified updates of a round become one. */
import { Schema } from "effect"
import { about, decimal, integer, orElse } from "./fields.ts"

const RULES =
  "one of { kind: fedAvg }, { kind: median }, { kind: trimmedMean, share }, { kind: krum, byzantine }, { kind: multiKrum, byzantine, keep }"

const kind = <const K extends string>(name: K, description: string) =>
  Schema.Literal(name).annotate({ ...about({ title: name, description }), expected: RULES })

const byzantine = integer(
  { min: 0, max: 1000 },
  {
    title: "Assumed attackers",
    description: "Updates of a round that may be lies. The theory asks for at least 2 × this + 3 updates.",
  },
)

const AggregationRuleField = Schema.Union([
  Schema.Struct({ kind: kind("fedAvg", "Mean, weighted by samples.") }),
  Schema.Struct({ kind: kind("median", "Median of each weight by itself.") }),
  Schema.Struct({
    kind: kind("trimmedMean", "Mean of each weight by itself without its smallest and largest values."),
    share: decimal(
      { min: 0, max: 0.49 },
      {
        title: "Trimmed share",
        description: "Share of the updates left out on each side, rounded down: few updates lose none.",
      },
    ),
  }),
  Schema.Struct({ kind: kind("krum", "The one update that lies closest to others."), byzantine }),
  Schema.Struct({
    kind: kind("multiKrum", "Mean of the updates that lie closest to others."),
    byzantine,
    keep: Schema.optionalKey(
      integer(
        { min: 1, max: 10_000 },
        { title: "Updates kept", description: "Default: all but the assumed attackers." },
      ),
    ),
  }),
]).annotate({
  ...about({ title: "Aggregation rule", description: "By which the updates of a round become one." }),
  expected: RULES,
  default: { kind: "fedAvg" },
})

export const AggregationField = Schema.Struct({
  rule: AggregationRuleField.pipe(orElse({ kind: "fedAvg" })),
  maxSamples: Schema.optionalKey(
    integer(
      { min: 1, max: 1_000_000_000 },
      {
        title: "Cap of claimed samples",
        description:
          "As many samples an update counts for at most in fedAvg; other rules ignore claims. Default: learning.samplesPerSolver, the size of every shard.",
      },
    ),
  ),
  maxNorm: Schema.optionalKey(
    decimal(
      { min: 0, max: 1e9, aboveMin: true },
      {
        title: "Longest update",
        description: "L2 norm to which longer updates are shortened before the rule. Default: none is.",
      },
    ),
  ),
}).annotate(
  about({ title: "Aggregation", description: "How a global model is made from the verified updates." }),
)

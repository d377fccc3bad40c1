/** `learning.partition`: how training data are split among solvers. */
import { Schema } from "effect"
import { about, decimal, integer } from "./fields.ts"

const PARTITIONS = "one of { kind: iid }, { kind: dirichlet, alpha }, { kind: byLabel, labelsPerSolver }"

const kind = <const K extends string>(name: K, description: string) =>
  Schema.Literal(name).annotate({ ...about({ title: name, description }), expected: PARTITIONS })

export const PartitionField = Schema.Union([
  Schema.Struct({ kind: kind("iid", "Every solver draws from the same distribution.") }),
  Schema.Struct({
    kind: kind("dirichlet", "Label proportions drawn from a symmetric Dirichlet distribution."),
    alpha: decimal(
      { min: 0, max: 1_000_000, aboveMin: true },
      { title: "Concentration", description: "Small = very unequal shards, large = nearly iid." },
    ),
  }),
  Schema.Struct({
    kind: kind("byLabel", "Every solver holds only a few labels."),
    labelsPerSolver: integer({ min: 1, max: 10 }, { title: "Labels per solver", description: "How many." }),
  }),
]).annotate({
  ...about({ title: "Data partition", description: "How training data are split among solvers." }),
  expected: PARTITIONS,
  default: { kind: "iid" },
})

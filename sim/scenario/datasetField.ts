/** `learning.dataset`: the data that agents train on. */
import { Schema } from "effect"
import { about } from "./fields.ts"

export const DatasetField = Schema.Literal("mnist").annotate({
  ...about({ title: "Data set", description: "The real data that agents train on." }),
  expected: "mnist",
  default: "mnist",
})

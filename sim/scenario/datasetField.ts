/** `learning.dataset`: the data that agents train on. */
import { Schema } from "effect"
import { datasetNames, datasets } from "../../ml/datasets/registry.ts"
import { about } from "./fields.ts"

const each = datasetNames.map((name) => `${name}: ${datasets[name].description}`)

export const DatasetField = Schema.Literals(datasetNames).annotate({
  ...about({ title: "Data set", description: `The data that agents train on. ${each.join(" ")}` }),
  expected: `one of ${datasetNames.join(", ")}`,
  default: "mnist",
})

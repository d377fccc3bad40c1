/** `learning.model`: what is trained. */
import { Schema } from "effect"
import { about, integer } from "./fields.ts"

const MODEL = "{ kind: mlp, hidden: [..] }"

export const ModelField = Schema.Struct({
  kind: Schema.Literal("mlp").annotate({
    ...about({ title: "Kind of model", description: "A multi-layer perceptron." }),
    expected: MODEL,
  }),
  hidden: Schema.Array(integer({ min: 1, max: 1024 }, { title: "Width", description: "Units of one layer." }))
    .check(Schema.isMaxLength(8, { expected: "at most 8 hidden layers" }))
    .annotate(about({ title: "Hidden layers", description: "Their widths; [] is softmax regression." })),
}).annotate({ ...about({ title: "Model", description: "What is trained." }), expected: MODEL })

/** `learning.model`: what is trained. */
import { Schema } from "effect"
import { about, integer } from "./fields.ts"

const MODELS = "one of { kind: mlp, hidden: [..] }, { kind: cnn, filters: [..], kernelSize: .., dense: [..] }"

const kind = <const K extends string>(name: K, description: string) =>
  Schema.Literal(name).annotate({ ...about({ title: name, description }), expected: MODELS })

const width = integer({ min: 1, max: 1024 }, { title: "Width", description: "Units of one layer." })

const connectedLayers = (title: string, description: string) =>
  Schema.Array(width)
    .check(Schema.isMaxLength(8, { expected: "at most 8 hidden layers" }))
    .annotate(about({ title, description }))

export const ModelField = Schema.Union([
  Schema.Struct({
    kind: kind("mlp", "A multi-layer perceptron."),
    hidden: connectedLayers("Hidden layers", "Their widths; [] is softmax regression."),
  }),
  Schema.Struct({
    kind: kind(
      "cnn",
      "A convolutional network: convolutions, each followed by 2 × 2 max pooling, then fully connected layers. For images.",
    ),
    filters: Schema.Array(
      integer({ min: 1, max: 256 }, { title: "Channels", description: "Filters of one convolution." }),
    )
      .check(Schema.isBetweenLength(1, 4, { expected: "1 to 4 convolutions" }))
      .annotate(about({ title: "Convolutions", description: "Their numbers of filters." })),
    kernelSize: integer(
      { min: 1, max: 11 },
      { title: "Filter size", description: "Height and width of every filter, in pixels." },
    ),
    dense: connectedLayers("Fully connected layers", "Widths of those before the last; [] is none."),
  }),
]).annotate({
  ...about({ title: "Model", description: "What is trained." }),
  expected: MODELS,
  default: { kind: "mlp", hidden: [32] },
})

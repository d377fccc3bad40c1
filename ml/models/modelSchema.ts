import { Schema } from "effect"

const Size = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 16_777_216 }))
const Sizes = Schema.Array(Size).check(Schema.isMaxLength(16))

/** Schema of `ModelSpec` as documents carry it. */
export const ModelSpecSchema = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("mlp"), inputs: Size, hidden: Sizes, classes: Size }),
  Schema.Struct({
    kind: Schema.Literal("cnn"),
    inputShape: Schema.Tuple([Size, Size, Size]),
    filters: Sizes,
    kernelSize: Size,
    dense: Sizes,
    classes: Size,
  }),
  Schema.Struct({
    kind: Schema.Literal("surrogate"),
    dataset: Schema.NonEmptyString,
    inputs: Size,
    hidden: Sizes,
    classes: Size,
  }),
])

import { Schema } from "effect"

const Size = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 16_777_216 }))

/** Schema of `ModelSpec` as documents carry it. */
export const ModelSpecSchema = Schema.Struct({
  kind: Schema.Literal("mlp"),
  inputs: Size,
  hidden: Schema.Array(Size).check(Schema.isMaxLength(16)),
  classes: Size,
})

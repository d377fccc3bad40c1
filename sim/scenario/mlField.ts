/** `ml`: whether agents really train, or a surrogate stands in. */
import { Schema } from "effect"
import { about } from "./fields.ts"

export const MlField = Schema.Literals(["real", "surrogate"]).annotate({
  ...about({
    title: "Learning",
    description:
      "real: agents train and evaluate real models. surrogate: a learning-curve model that was fitted to real training stands in, for sweeps too large for training; what it was not fitted to is refused, and reports say on their first page that it was used.",
  }),
  default: "real",
  expected: "one of real, surrogate",
})

import { Schema } from "effect"

/** A model specification with an impossible size. */
export class ModelSpecInvalid extends Schema.TaggedError<ModelSpecInvalid>()("ModelSpecInvalid", {
  problem: Schema.String,
}) {
  override get message(): string {
    return `no such model: ${this.problem}`
  }
}

/** Weights whose number does not fit the model. */
export class WeightsSizeMismatch extends Schema.TaggedError<WeightsSizeMismatch>()("WeightsSizeMismatch", {
  expected: Schema.Number,
  actual: Schema.Number,
}) {
  override get message(): string {
    return `the model has ${this.expected} weights, but ${this.actual} were given`
  }
}

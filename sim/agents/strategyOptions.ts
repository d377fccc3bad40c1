import { Effect, Schema } from "effect"

/** Makes an option optional with this default; help texts and JSON Schema show it. */
export const withDefault =
  <S extends Schema.Constraint>(value: S["Encoded"]) =>
  (schema: S) =>
    Schema.withDecodingDefaultKey<S>(Effect.succeed(value))(schema)

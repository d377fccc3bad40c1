import { Effect, Schema } from "effect"

/** Makes an option optional with this default and says what it means: the scenario's JSON Schema shows both. */
export const withDefault =
  <S extends Schema.Top>(value: S["Encoded"], description: string) =>
  (schema: S) =>
    Schema.withDecodingDefaultKey<S["Rebuild"]>(Effect.succeed(value))(
      schema.annotate({ description, default: value }),
    )

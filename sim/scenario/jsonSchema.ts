/** The JSON Schema of scenario files, as editors use it: the schema's own, plus the options of each strategy. */
import { Schema } from "effect"
import type { Registries } from "./registries.ts"
import { scenarioFileSchema } from "./schema.ts"

type Json = Record<string, unknown>

export const SCHEMA_FILE = "scenario.schema.json"

const options = {
  onExcessProperty: "error",
  includeAnnotationKey: (key: string) => key.startsWith("x-"),
} as const

/** A draft 2020-12 document. */
export function scenarioJsonSchema(registries: Registries): Json {
  const { schema, definitions } = Schema.toJsonSchemaDocument(scenarioFileSchema(registries), options)
  const document: Json = { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema }
  if (Object.keys(definitions).length > 0) document["$defs"] = definitions
  const entry = child(child(child(document, "properties"), "population"), "items")
  entry["allOf"] = optionRules(registries)
  return document
}

/** What `options` may hold depends on the strategy of the same entry. */
function optionRules({ strategies }: Registries): readonly Json[] {
  return [...strategies.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { optionsSchema, description }]) => {
      const own =
        optionsSchema === undefined
          ? { type: "object", additionalProperties: false }
          : Schema.toJsonSchemaDocument(optionsSchema, options).schema
      return {
        if: { properties: { strategy: { const: name } }, required: ["strategy"] },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        then: { properties: { options: description === undefined ? own : { description, ...own } } },
      }
    })
}

function child(parent: Json, key: string): Json {
  const value = parent[key]
  if (typeof value !== "object" || value === null) throw new Error(`the scenario's JSON Schema has no ${key}`)
  // A list of at least one is a tuple with a rest in JSON Schema: both are described by `items`.
  return value as Json
}

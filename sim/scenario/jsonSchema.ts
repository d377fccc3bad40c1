/** The JSON Schema of scenario files, as editors use it: the schema's own, plus the options of each strategy. */
import { Schema } from "effect"
import { parameterProperties } from "./parametersSection.ts"
import { takesOptions, type Registries } from "./registries.ts"
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
  const document = annotatedOnTop({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...schema,
  }) as Json
  if (Object.keys(definitions).length > 0) document["$defs"] = definitions
  child(child(document, "properties"), "parameters")["properties"] = parameterProperties(registries)
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
        optionsSchema === undefined || !takesOptions(optionsSchema)
          ? { type: "object", additionalProperties: false }
          : Schema.toJsonSchemaDocument(optionsSchema, options).schema
      return {
        if: { properties: { strategy: { const: name } }, required: ["strategy"] },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        then: { properties: { options: description === undefined ? own : { description, ...own } } },
      }
    })
}

const BOUNDS = ["minimum", "maximum"]

const ANNOTATIONS = ["title", "description", "default", "x-unit"]

/** Moves annotations and bounds from the parts of an `allOf` to the field itself, where editors look for them. */
function annotatedOnTop(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(annotatedOnTop)
  if (typeof node !== "object" || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [key, annotatedOnTop(value)] as const)
  const { allOf, ...own } = Object.fromEntries(entries) as Json
  if (!Array.isArray(allOf)) return own
  const parts = (allOf as readonly Json[]).map((part) => Object.entries(part))
  // A bound of a field is narrower than that of the type of number which it is made of.
  const isAnnotation = ([key]: readonly [string, unknown]) =>
    (ANNOTATIONS.includes(key) && !(key in own)) || (BOUNDS.includes(key) && "type" in own)
  const raised = parts.flatMap((part) => part.filter(isAnnotation))
  const left = parts
    .map((part) => part.filter((entry) => !isAnnotation(entry)))
    .filter((part) => part.length > 0)
  const rest = left.length === 0 ? {} : { allOf: left.map((part) => Object.fromEntries(part)) }
  return { ...own, ...Object.fromEntries(raised), ...rest }
}

function child(parent: Json, key: string): Json {
  const value = parent[key]
  if (typeof value !== "object" || value === null) throw new Error(`the scenario's JSON Schema has no ${key}`)
  return value as Json
}

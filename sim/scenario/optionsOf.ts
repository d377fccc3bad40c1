/** The options of a strategy as data: what its schema says of each. */
import { Schema } from "effect"
import { takesOptions, type StrategyEntry } from "./registries.ts"

export interface OptionEntry {
  readonly name: string
  /** What it means, with its unit. */
  readonly description: string
  /** The values that it may have, in words. */
  readonly values: string
  /** Null where it has none. */
  readonly default: unknown
  /** Whether it has to be given. */
  readonly required: boolean
  /** With which choice there is such an option, as `attack: garbage`; undefined = always. */
  readonly when: string | undefined
}

type Json = Readonly<Record<string, unknown>>

const settings = {
  onExcessProperty: "error",
  includeAnnotationKey: (key: string) => key.startsWith("x-"),
} as const

/** In the order of the schema; of a choice between several sets of options all, each with what it belongs to. */
export function optionsOf({ optionsSchema }: StrategyEntry): readonly OptionEntry[] {
  if (optionsSchema === undefined || !takesOptions(optionsSchema)) return []
  const { schema, definitions } = Schema.toJsonSchemaDocument(optionsSchema, settings)
  const known = definitions as Readonly<Record<string, Json>>
  const forms = alternatives(schema, known)
  const choice = forms.length > 1 ? choiceOf(forms) : undefined
  const found = forms.flatMap((form) => ofForm(form, choice, known))
  const first = new Map(found.toReversed().map((entry) => [`${entry.when}/${entry.name}`, entry]))
  const entries = [...first.values()].toReversed()
  if (choice === undefined) return entries
  // What chooses between the forms is one option.
  const [chooser, ...others] = entries.filter(({ name }) => name === choice)
  const values = [chooser, ...others].map((entry) => entry?.values).join(" | ")
  const rest = entries.filter(({ name }) => name !== choice)
  return chooser === undefined ? rest : [{ ...chooser, values, required: false, when: undefined }, ...rest]
}

const alternatives = (schema: Json, definitions: Readonly<Record<string, Json>>): readonly Json[] => {
  const resolved = dereferenced(schema, definitions)
  const several = resolved["anyOf"] ?? resolved["oneOf"]
  return Array.isArray(several)
    ? several.flatMap((each) => alternatives(each as Json, definitions))
    : [resolved]
}

const dereferenced = (schema: Json, definitions: Readonly<Record<string, Json>>): Json => {
  const name = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined
  return name === undefined ? schema : { ...definitions[name], ...schema }
}

const propertiesOf = (form: Json): Readonly<Record<string, Json>> =>
  (form["properties"] ?? {}) as Readonly<Record<string, Json>>

/** The option that all forms have with different constants. */
function choiceOf(forms: readonly Json[]): string | undefined {
  const names = Object.keys(propertiesOf(forms[0] ?? {}))
  const values = (name: string) => forms.map((form) => valuesOf(propertiesOf(form)[name] ?? {}, {}))
  return names.find((name) => new Set(values(name)).size === forms.length)
}

function ofForm(
  form: Json,
  choice: string | undefined,
  definitions: Readonly<Record<string, Json>>,
): readonly OptionEntry[] {
  const properties = propertiesOf(form)
  const chosen = choice === undefined ? undefined : valuesOf(properties[choice] ?? {}, definitions)
  return Object.entries(properties).map(([name, written]) => {
    const flat = merged(written, definitions)
    const unit = typeof flat["x-unit"] === "string" ? ` Unit: ${flat["x-unit"]}.` : ""
    const said = name === choice ? (flat["description"] ?? form["description"]) : flat["description"]
    return {
      name,
      description: `${typeof said === "string" ? said : ""}${unit}`.trim(),
      values: valuesOf(written, definitions),
      default: flat["default"] ?? null,
      required: Array.isArray(form["required"]) && form["required"].includes(name),
      when: choice === undefined ? undefined : `${choice}: ${chosen}`,
    }
  })
}

/** A schema with what the parts of its `allOf` say. */
const merged = (schema: Json, definitions: Readonly<Record<string, Json>>): Json => {
  const here = dereferenced(schema, definitions)
  const parts = Array.isArray(here["allOf"]) ? (here["allOf"] as readonly Json[]) : []
  return Object.assign({}, ...parts.map((part) => merged(part, definitions)), here) as Json
}

/** The values that a schema takes, in words. */
function valuesOf(schema: Json, definitions: Readonly<Record<string, Json>>): string {
  const flat = merged(schema, definitions)
  const forms = flat["anyOf"] ?? flat["oneOf"]
  if (Array.isArray(forms)) return forms.map((form) => valuesOf(form as Json, definitions)).join(" | ")
  if ("const" in flat) return String(flat["const"])
  if (Array.isArray(flat["enum"])) return flat["enum"].map(String).join(" | ")
  const type = String(flat["type"] ?? "value")
  if (type === "number" || type === "integer") return rangeOf(flat, type === "integer")
  if (type === "boolean") return "true | false"
  if (type === "array") return `list of ${valuesOf((flat["items"] ?? {}) as Json, definitions)}`
  return type === "string" ? "text" : type === "object" ? "map" : type
}

function rangeOf(schema: Json, whole: boolean): string {
  const bound = (key: string) => (typeof schema[key] === "number" ? (schema[key] as number) : undefined)
  const [above, below] = [bound("exclusiveMinimum"), bound("exclusiveMaximum")]
  const [least, most] = [bound("minimum"), bound("maximum")]
  const from = above === undefined ? least?.toString() : `above ${above}`
  const to = below === undefined ? most?.toString() : `below ${below}`
  const kind = whole ? "whole number" : "number"
  if (from === undefined && to === undefined) return kind
  if (from === undefined) return `${kind}, at most ${to}`
  if (to === undefined) return `${kind}, ${above === undefined ? "at least " : ""}${from}`
  return `${from} to ${to}${whole ? ", whole" : ""}`
}

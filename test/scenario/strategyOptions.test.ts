import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { scenarioJsonSchema } from "../../sim/scenario/jsonSchema.ts"

interface Node {
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Node[]
}

interface Rule {
  readonly if: { readonly properties: { readonly strategy: { readonly const: string } } }
  readonly then: { readonly properties: { readonly options: Node } }
}

const schema = scenarioJsonSchema({ strategies, parameters: contractParameters }) as {
  properties: { population: { items: { allOf: readonly Rule[] } } }
}

/** Of a strategy with several kinds of options, all of them. */
const kinds = schema.properties.population.items.allOf.flatMap((rule) => {
  const { options } = rule.then.properties
  const strategy = rule.if.properties.strategy.const
  return (options.anyOf ?? [options]).map((kind) => ({ strategy, kind }))
})

describe("the JSON Schema of scenarios says of the options of every strategy", () => {
  const all = kinds.flatMap(({ strategy, kind }) =>
    Object.entries(kind.properties ?? {}).map(([option, field]) => {
      return { name: `${strategy}.${option}`, option, kind, field }
    }),
  )

  test("what they mean, and what they are if nothing is said", () => {
    expect(all.map(({ name }) => name)).toContain("solver/poisoner.target")
    const silent = all.filter(({ option, kind, field }) => {
      if (kind.required?.includes(option) === true) return false
      const { description = "" } = field
      return description === "" || !("default" in field || description.includes("Default:"))
    })
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test.each(kinds)("the default that $strategy takes: $kind.description", ({ strategy, kind }) => {
    const { properties = {}, required = [] } = kind
    const said = Object.fromEntries(required.map((option) => [option, properties[option]?.enum?.[0]]))
    const taken = Schema.decodeUnknownSync(strategies.get(strategy)!.optionsSchema)(said)
    const stated = Object.entries(properties).flatMap(([option, field]) =>
      "default" in field ? [[option, field.default] as const] : [],
    )
    expect(taken).toEqual({ ...said, ...Object.fromEntries(stated) })
  })
})

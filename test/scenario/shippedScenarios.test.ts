import { readdirSync, readFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { mutants } from "../../chain/mutants/mutants.ts"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { scenarioJsonSchema } from "../../sim/scenario/jsonSchema.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { runMetricNames } from "../../sim/world/runMetrics.ts"
import { exampleRegistries, minimalScenario } from "./exampleRegistries.ts"

const registries = {
  strategies,
  parameters: contractParameters,
  rules: mutants,
  runMetrics: runMetricNames,
}
const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url))
const filesIn = (path: string) => readdirSync(`${folder}${path}`).filter((name) => name.endsWith(".yaml"))
const trials = filesIn("attacks").map((name) => `attacks/${name}`)
const shipped = [...filesIn(""), ...trials]

const validator = (schema: Record<string, unknown>) =>
  new Ajv2020({ strict: false, allErrors: true }).compile(schema)

const validateShipped = validator(scenarioJsonSchema(registries))

describe.each(shipped)("the scenario %s", (name) => {
  test("loads", async () => {
    const plan = await Effect.runPromise(loadScenario(`${folder}${name}`, { registries }))
    expect(`${plan.base.name}.yaml`).toBe(basename(name))
    expect(plan.trial === undefined).toBe(!trials.includes(name))
  })

  test("satisfies the JSON Schema that editors use", () => {
    const document: unknown = parse(readFileSync(`${folder}${name}`, "utf8"))
    expect([validateShipped(document), validateShipped.errors]).toEqual([true, null])
  })
})

describe("the JSON Schema", () => {
  const validate = validator(scenarioJsonSchema(exampleRegistries))
  const accepts = (text: string) => validate(parse(text))

  test("accepts a minimal scenario and refuses what the decoder refuses", () => {
    expect(accepts(minimalScenario)).toBe(true)
    expect(accepts(minimalScenario.replace("solver/honest", "solver/none"))).toBe(false)
    expect(accepts(`${minimalScenario}ruonds: 3\n`)).toBe(false)
    expect(accepts(`${minimalScenario}rounds: 0\n`)).toBe(false)
    expect(accepts(`${minimalScenario}parameters: { Other.key: 3 }\n`)).toBe(false)
  })

  test("knows the options of each strategy", () => {
    const poisoner = minimalScenario.replace("solver/honest", "solver/poisoner")
    const withOptions = (text: string, options: string) =>
      text.replace("count: 3", `count: 3\n    options: ${options}`)
    expect(accepts(withOptions(poisoner, "{ strength: 3 }"))).toBe(true)
    expect(accepts(withOptions(poisoner, "{ strength: 30 }"))).toBe(false)
    expect(accepts(withOptions(minimalScenario, "{ strength: 3 }"))).toBe(false)
  })

  test("describes every field: title, meaning, and the default of what may be left out", () => {
    const undescribed: string[] = []
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return
      const { properties } = node as { properties?: Record<string, Record<string, unknown>> }
      for (const [key, field] of Object.entries(properties ?? {})) {
        const inner = `${path}.${key}`
        if (typeof field["title"] !== "string" || typeof field["description"] !== "string")
          undescribed.push(inner)
        visit(field, inner)
      }
    }
    const schema = scenarioJsonSchema(exampleRegistries)
    visit(schema, "")
    expect(undescribed).toEqual([])
    expect(schema).toMatchObject({
      properties: { money: { properties: { supplyAtn: { default: 10_000_000, "x-unit": "ATN" } } } },
    })
  })
})

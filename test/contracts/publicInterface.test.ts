import type { AbiParameter } from "abitype"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Abi } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { type CompiledSuite, contractOf } from "../../chain/compile/artifact.ts"
import { compiledContracts } from "../compiledContracts.ts"
import { projectDirectoryAbi } from "../../chain/suite.ts"

interface Parameter {
  readonly type: string
  readonly name?: string
  readonly indexed?: boolean
  readonly components?: readonly Parameter[]
}
interface PublicContract {
  readonly constructor: readonly Parameter[]
  readonly functions: readonly {
    readonly name: string
    readonly mutability: "view" | "call"
    readonly inputs: readonly Parameter[]
    readonly outputs: readonly Parameter[]
  }[]
  readonly events: readonly { readonly name: string; readonly inputs: readonly Parameter[] }[]
}

const file = join(import.meta.dirname, "../fixtures/public-interface.json")
const publicContracts = (
  JSON.parse(readFileSync(file, "utf8")) as { contracts: Record<string, PublicContract> }
).contracts
const builtIn = [
  "ATNToken",
  "ParticipantStaking",
  "Project",
  "TaskContract",
  "ResultsRewards",
  "ForcedErrorRegistry",
]

const typeOf = (parameter: Parameter): string =>
  parameter.components === undefined
    ? parameter.type
    : `(${parameter.components.map(named).join(",")})${parameter.type.slice("tuple".length)}`
/** Names count where the public interface gives one: decoded values are read by name. */
const named = (parameter: Parameter): string => `${typeOf(parameter)} ${parameter.name ?? ""}`
const asParameters = (parameters: readonly AbiParameter[]): readonly Parameter[] =>
  parameters as readonly Parameter[]

/** What the built-in set must offer and does not, one sentence each. */
const differences = (expected: PublicContract, abi: Abi): string[] => {
  const missing: string[] = []
  const types = (parameters: readonly Parameter[]) => parameters.map(typeOf).join(",")
  for (const { name, mutability, inputs, outputs } of expected.functions) {
    const item = abi.find((each) => each.type === "function" && each.name === name)
    if (item?.type !== "function") missing.push(`${name} is missing`)
    else {
      const kind = item.stateMutability === "view" || item.stateMutability === "pure" ? "view" : "call"
      if (kind !== mutability) missing.push(`${name} is a ${kind}`)
      if (types(inputs) !== types(asParameters(item.inputs)))
        missing.push(`${name} takes (${types(asParameters(item.inputs))})`)
      if (types(outputs) !== types(asParameters(item.outputs)))
        missing.push(`${name} returns (${types(asParameters(item.outputs))})`)
      const names = asParameters(item.outputs).map((output, i) =>
        outputs[i]?.name === undefined ? undefined : output.name,
      )
      if (outputs.length > 1 && names.join() !== outputs.map((output) => output.name).join())
        missing.push(`${name} names its results ${names.join()}`)
    }
  }
  for (const { name, inputs } of expected.events) {
    const item = abi.find((each) => each.type === "event" && each.name === name)
    const spelled = (parameters: readonly Parameter[]) =>
      parameters.map((input) => `${named(input)}${input.indexed === true ? " indexed" : ""}`).join(", ")
    if (item?.type !== "event") missing.push(`event ${name} is missing`)
    else if (spelled(inputs) !== spelled(asParameters(item.inputs)))
      missing.push(`event ${name}(${spelled(asParameters(item.inputs))})`)
  }
  const constructor = abi.find((each) => each.type === "constructor")
  const actual = constructor?.type === "constructor" ? types(asParameters(constructor.inputs)) : ""
  if (types(expected.constructor) !== actual) missing.push(`constructor(${actual})`)
  return missing
}

describe("the built-in set offers the public interface", () => {
  let compiled: CompiledSuite
  beforeAll(async () => {
    compiled = await compiledContracts()
  })

  const abiOf = (name: string): Abi => {
    const { abi } = contractOf(compiled, name)
    return name === "Project" ? [...abi, ...projectDirectoryAbi] : abi
  }

  test.each(builtIn)("%s: every function and event, with its arguments, results and names", (name) => {
    expect(differences(publicContracts[name] as PublicContract, abiOf(name))).toEqual([])
  })

  test("a function less, another type, another name or another index is a difference", () => {
    const expected = publicContracts["ForcedErrorRegistry"] as PublicContract
    const abi = abiOf("ForcedErrorRegistry")
    const changed = (change: (item: Abi[number]) => Abi[number] | undefined): string[] =>
      differences(
        expected,
        abi.flatMap((item) => change(item) ?? []),
      )
    expect(changed((item) => ("name" in item && item.name === "jackpotPool" ? undefined : item))).toEqual([
      "jackpotPool is missing",
    ])
    expect(
      changed((item) =>
        item.type === "event" && item.name === "JackpotFunded"
          ? { ...item, inputs: item.inputs.map((input) => ({ ...input, indexed: true })) }
          : item,
      ),
    ).toHaveLength(1)
  })

  test("the ABI of what Project's fallback answers is that of its Solidity interface", () => {
    const declared = contractOf(compiled, "IProjectDirectory").abi
    expect(
      differences(
        {
          constructor: [],
          events: [],
          functions: publicContracts["Project"]?.functions.filter(({ name }) => name === "projects") ?? [],
        },
        [...declared],
      ),
    ).toEqual([])
    expect(
      differences(
        {
          constructor: [],
          events: [],
          functions: publicContracts["Project"]?.functions.filter(({ name }) => name === "projects") ?? [],
        },
        projectDirectoryAbi,
      ),
    ).toEqual([])
  })

  test("every deployed contract keeps below the size limit of mainnet, 24,576 bytes, and its init code below 49,152", () => {
    for (const { name, deployedBytecode, bytecode } of Object.values(compiled.contracts)) {
      expect((deployedBytecode.length - 2) / 2, name).toBeLessThanOrEqual(24_576)
      expect((bytecode.length - 2) / 2, name).toBeLessThanOrEqual(49_152)
    }
  })
})

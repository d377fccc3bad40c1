/** What a contract's ABI lacks of an interface, one sentence each. */
import type { Abi, AbiEvent, AbiFunction, AbiParameter } from "abitype"

export interface ComparisonOptions {
  /**
   * Whether the names of several results and of event arguments count. They do for a set that promises the
   * interface to people and tools; the bytes on the wire are the same without.
   */
  readonly names: boolean
}

/** Constructors are not compared: their arguments are matched by name when a set is deployed. */
export const interfaceDifferences = (
  expected: Abi,
  actual: Abi,
  options: ComparisonOptions,
): readonly string[] =>
  expected.flatMap((item) => {
    if (item.type === "function") return functionDifferences(item, actual, options)
    return item.type === "event" ? eventDifferences(item, actual, options) : []
  })

/** Whether the ABI has this function with the same arguments, results and kind. */
export const offersFunction = (actual: Abi, expected: AbiFunction): boolean =>
  functionDifferences(expected, actual, { names: false }).length === 0

/** The types of parameters, tuples written out: `uint256,(address,bool)[]`. */
export const typesOf = (parameters: readonly AbiParameter[]): string =>
  parameters.map((parameter) => typeOf(parameter, false)).join(",")

const functionDifferences = (
  expected: AbiFunction,
  actual: Abi,
  { names }: ComparisonOptions,
): readonly string[] => {
  const { name, inputs, outputs } = expected
  const overloads = actual.filter(
    (item): item is AbiFunction => item.type === "function" && item.name === name,
  )
  if (overloads.length === 0) return [`${name}(${typesOf(inputs)}) is missing`]
  const wanted = typesOf(inputs)
  const found = overloads.find((item) => typesOf(item.inputs) === wanted)
  if (found === undefined) {
    const takes = overloads.map((item) => `(${typesOf(item.inputs)})`).join(" or ")
    return [`${name} takes ${takes} instead of (${wanted})`]
  }
  const problems: string[] = []
  if (kindOf(found) !== kindOf(expected)) {
    problems.push(`${name} is a ${kindOf(found)} instead of a ${kindOf(expected)}`)
  }
  if (typesOf(found.outputs) !== typesOf(outputs)) {
    problems.push(`${name} returns (${typesOf(found.outputs)}) instead of (${typesOf(outputs)})`)
  } else if (names && namesOf(found.outputs, outputs) !== namesOf(outputs, outputs)) {
    problems.push(`${name} names its results (${spelled(found.outputs)}) instead of (${spelled(outputs)})`)
  }
  return problems
}

const eventDifferences = (
  expected: AbiEvent,
  actual: Abi,
  { names }: ComparisonOptions,
): readonly string[] => {
  const { name } = expected
  const found = actual.filter((item): item is AbiEvent => item.type === "event" && item.name === name)
  if (found.length === 0) return [`event ${name}(${spelledEvent(expected, names)}) is missing`]
  const wanted = spelledEvent(expected, names)
  if (found.some((item) => spelledEvent(item, names) === wanted)) return []
  const has = found.map((item) => `${name}(${spelledEvent(item, names)})`).join(" or ")
  return [`event ${has} instead of ${name}(${wanted})`]
}

const kindOf = ({ stateMutability }: AbiFunction): "view" | "call" =>
  stateMutability === "view" || stateMutability === "pure" ? "view" : "call"

const componentsOf = (parameter: AbiParameter): readonly AbiParameter[] | undefined =>
  "components" in parameter ? parameter.components : undefined

/** Fields of a tuple carry their names where names count: decoded values are read by them. */
const typeOf = (parameter: AbiParameter, withNames: boolean): string => {
  const components = componentsOf(parameter)
  if (components === undefined) return parameter.type
  const fields = components.map((field) => {
    const type = typeOf(field, withNames)
    return withNames ? `${type} ${field.name ?? ""}`.trim() : type
  })
  return `(${fields.join(withNames ? ", " : ",")})${parameter.type.slice("tuple".length)}`
}

/** One unnamed result needs no name, its fields do. */
const namesOf = (parameters: readonly AbiParameter[], like: readonly AbiParameter[]): string =>
  parameters
    .map((parameter, index) => {
      const counts = like.length > 1 && (like[index]?.name ?? "") !== ""
      return `${typeOf(parameter, true)} ${counts ? (parameter.name ?? "") : ""}`
    })
    .join(",")

const spelled = (parameters: readonly AbiParameter[]): string =>
  parameters.map((parameter) => `${typeOf(parameter, true)} ${parameter.name ?? ""}`.trim()).join(", ")

const spelledEvent = ({ inputs }: AbiEvent, names: boolean): string =>
  inputs
    .map((input) => {
      const indexed = input.indexed === true ? " indexed" : ""
      return `${typeOf(input, names)}${indexed}${names ? ` ${input.name ?? ""}` : ""}`
    })
    .join(", ")

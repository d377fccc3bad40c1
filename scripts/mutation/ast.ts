/** The compiler's own syntax tree of Solidity sources. */
import { createRequire } from "node:module"
import type { SourceUnits } from "../../chain/compile/sources.ts"

export interface Node {
  readonly nodeType: string
  readonly id: number
  /** `offset:length:file`, in bytes. */
  readonly src: string
  readonly [field: string]: unknown
}

/** Where a node stands, in bytes. */
export interface Range {
  readonly start: number
  readonly end: number
}

interface SolcOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly sources: Readonly<Record<string, { readonly ast: Node }>>
}

/** The tree of each unit, by unit name. Throws the compiler's messages where the sources have errors. */
export const parseUnits = (units: SourceUnits): ReadonlyMap<string, Node> => {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string }
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...units].map(([name, content]) => [name, { content }])),
    settings: { outputSelection: { "*": { "": ["ast"] } } },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error")
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"))
  return new Map(Object.entries(output.sources).map(([name, { ast }]) => [name, ast]))
}

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).nodeType === "string"

export const rangeOf = (node: Node): Range => {
  const [start, length] = node.src.split(":").map(Number) as [number, number]
  return { start, end: start + length }
}

/** The nodes directly below a node, in the order of the source. */
export const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((a, b) => rangeOf(a).start - rangeOf(b).start)

/** Every node of a tree, parents first. */
export function* nodesOf(root: Node): Generator<Node> {
  yield root
  for (const child of childrenOf(root)) yield* nodesOf(child)
}

/**
 * One build that has all mutants in it, each behind a switch: while the mutant with number k is on, BLOBHASH(k) is
 * not zero. No contract of ours reads blob hashes, so an engine can give that opcode this meaning and nothing else
 * changes. Functions that promised to read nothing have to become views.
 */
import { type SourceUnits, ownPrefix } from "../../chain/compile/sources.ts"
import { type Node, type Range, nodesOf, rangeOf } from "./ast.ts"
import { fromBytes, switchedSuffix, toBytes } from "./findMutants.ts"
import type { Mutant } from "./mutant.ts"
import type { ByteText } from "./operators.ts"

/** A place of a source and what to write there, given its text with all that is rewritten inside it. */
interface Rewrite {
  readonly range: Range
  readonly write: (inner: string) => string
}

/** The number of a mutant's switch is its place in the list, from 1. */
export const switchNumber = (index: number): number => index + 1
const switchOf = (index: number): string => `blobhash(${switchNumber(index)}) != 0`

/** Sources of the set's files that have mutants, by path below `chain/contracts`. */
export const switchedSources = (
  units: SourceUnits,
  trees: ReadonlyMap<string, Node>,
  mutants: readonly Mutant[],
): Readonly<Record<string, string>> => {
  const foreign = foreignDeclarations(trees)
  const sources: Record<string, string> = {}
  for (const [unit, tree] of trees) {
    if (!unit.startsWith(ownPrefix)) continue
    const file = unit.slice(ownPrefix.length)
    const text = toBytes(units.get(unit) as string)
    const rewrites = [
      ...mutants.flatMap((mutant, index) => (mutant.file === file ? switches(mutant, index) : [])),
      ...switchedModifiers(tree, text),
      ...views(tree, text, foreign),
    ]
    sources[file] = fromBytes(rewrite(text, { start: 0, end: text.length }, rewrites))
  }
  return sources
}

const switches = ({ edit }: Mutant, index: number): Rewrite[] => {
  const { range, switched } = edit
  if (switched === undefined) return []
  return [{ range, write: (inner) => switched(switchOf(index), inner) }]
}

/** Beside each modifier, a copy that its first argument turns off; with the switches of what is in it. */
const switchedModifiers = (tree: Node, text: ByteText): Rewrite[] =>
  [...nodesOf(tree)]
    .filter(({ nodeType }) => nodeType === "ModifierDefinition")
    .map((modifier) => {
      const range = rangeOf(modifier)
      // Only the body is rewritten, so that it begins where it began.
      const header = rangeOf(modifier["body"] as Node).start - range.start
      return { range, write: (inner) => `${inner}\n${switchedCopy(modifier, text, inner.slice(header))}` }
    })

const switchedCopy = (modifier: Node, text: ByteText, body: string): string => {
  const textOf = (node: Node) => text.slice(rangeOf(node).start, rangeOf(node).end)
  const parameters = ((modifier["parameters"] as Node)["parameters"] as readonly Node[]).map(textOf)
  const list = ["bool __off", ...parameters].join(", ")
  return `modifier ${modifier["name"] as string}${switchedSuffix}(${list}) { if (__off) { _; } else ${body} }`
}

/** Functions outside the set: what overrides one of them keeps its promise to read nothing. */
const foreignDeclarations = (trees: ReadonlyMap<string, Node>): ReadonlySet<number> => {
  const foreign = new Set<number>()
  for (const [unit, tree] of trees) {
    if (unit.startsWith(ownPrefix)) continue
    for (const { id, nodeType } of nodesOf(tree)) if (nodeType === "FunctionDefinition") foreign.add(id)
  }
  return foreign
}

const views = (tree: Node, text: ByteText, foreign: ReadonlySet<number>): Rewrite[] => {
  const rewrites: Rewrite[] = []
  for (const node of nodesOf(tree)) {
    if (node.nodeType !== "FunctionDefinition" || node["stateMutability"] !== "pure") continue
    const bases = (node["baseFunctions"] ?? []) as readonly number[]
    if (bases.some((id) => foreign.has(id))) continue
    const from = rangeOf(node["parameters"] as Node).end
    const at = from + text.slice(from).search(/\bpure\b/)
    rewrites.push({ range: { start: at, end: at + "pure".length }, write: () => "view" })
  }
  return rewrites
}

const contains = (outer: Range, inner: Range): boolean => outer.start <= inner.start && inner.end <= outer.end
const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end

/** The text of a range with all rewrites in it. Rewrites of one range are applied in their order. */
const rewrite = (text: ByteText, within: Range, rewrites: readonly Rewrite[]): ByteText => {
  let written = ""
  let position = within.start
  let left = [...rewrites].sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end)
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const { range } = first
    const inside = left.filter((each) => contains(range, each.range))
    const outside = new Set(inside)
    left = left.filter((each) => !outside.has(each))
    let inner = rewrite(
      text,
      range,
      inside.filter((each) => !same(each.range, range)),
    )
    for (const each of inside) if (same(each.range, range)) inner = each.write(inner)
    written += text.slice(position, range.start) + inner
    position = range.end
  }
  return written + text.slice(position, within.end)
}

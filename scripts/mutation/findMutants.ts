/** All mutants of a contract set, found on the compiler's syntax tree. */
import { type SourceUnits, ownPrefix } from "../../chain/compile/sources.ts"
import { type Node, childrenOf, nodesOf } from "./ast.ts"
import { type Mutant, keyOf, normalised } from "./mutant.ts"
import { type ByteText, type Context, type Found, type Surroundings, mutationsAt } from "./operators.ts"

/** The compiler's offsets count bytes; one character a byte makes them positions. */
export const toBytes = (text: string): ByteText => Buffer.from(text).toString("latin1")
export const fromBytes = (bytes: ByteText): string => Buffer.from(bytes, "latin1").toString()

/** Ends of the name that a modifier's switched copy has. */
export const switchedSuffix = "__switched"

/** Whether a modifier is declared in one of the set's own files, where a copy can be put beside it. */
const isOwn = (modifier: Node, own: ReadonlySet<number>): boolean => own.has(modifier.id)

/** In the order of files and lines. Every key is different. */
export const findMutants = (units: SourceUnits, trees: ReadonlyMap<string, Node>): readonly Mutant[] => {
  const declarations = new Map<number, Node>()
  for (const tree of trees.values()) for (const node of nodesOf(tree)) declarations.set(node.id, node)
  const ownUnits = [...trees].filter(([name]) => name.startsWith(ownPrefix))
  const ownIds = new Set(ownUnits.flatMap(([, tree]) => [...nodesOf(tree)].map(({ id }) => id)))
  const mutants: Mutant[] = []
  for (const [unit, tree] of ownUnits) {
    const text = toBytes(units.get(unit) as string)
    const context: Context = {
      text,
      declaration: (id) => declarations.get(id),
      switchedModifier: (modifier) =>
        isOwn(modifier, ownIds) ? `${modifier["name"] as string}${switchedSuffix}` : undefined,
    }
    mutants.push(...mutantsOfUnit(unit.slice(ownPrefix.length), tree, context))
  }
  return numbered(mutants)
}

const mutantsOfUnit = (file: string, tree: Node, context: Context): Mutant[] => {
  const mutants: Mutant[] = []
  const visit = (node: Node, around: Surroundings, contract: string): void => {
    const inContract = node.nodeType === "ContractDefinition" ? (node["name"] as string) : contract
    const enclosing = functionName(node) === undefined ? around.enclosing : node
    for (const child of childrenOf(node)) visit(child, { parent: node, enclosing }, inContract)
    const name = enclosing === undefined ? "" : (functionName(enclosing) ?? "")
    for (const found of mutationsAt(node, around, context)) {
      mutants.push(toMutant(found, { file, contract: inContract, name, context }))
    }
  }
  visit(tree, { parent: undefined, enclosing: undefined }, file.replace(/\.sol$/, ""))
  return mutants.sort((a, b) => a.edit.range.start - b.edit.range.start)
}

const functionName = (node: Node): string | undefined => {
  if (node.nodeType === "ModifierDefinition") return node["name"] as string
  if (node.nodeType !== "FunctionDefinition") return undefined
  return (node["name"] as string) || (node["kind"] as string)
}

const toMutant = (
  { operator, original, mutated, edit }: Found,
  at: { file: string; contract: string; name: string; context: Context },
): Mutant => {
  const { text } = at.context
  return {
    contract: at.contract,
    function: at.name,
    operator,
    original: normalised(fromBytes(text.slice(original.start, original.end))),
    nth: 1,
    file: at.file,
    line: text.slice(0, original.start).split("\n").length,
    mutated: normalised(fromBytes(mutated)),
    // A constant's initialiser belongs to no function and can't read a switch.
    edit: at.name === "" ? { ...edit, switched: undefined } : edit,
  }
}

const numbered = (mutants: readonly Mutant[]): Mutant[] => {
  const times = new Map<string, number>()
  return mutants.map((mutant) => {
    const key = keyOf(mutant)
    const nth = (times.get(key) ?? 0) + 1
    times.set(key, nth)
    return { ...mutant, nth }
  })
}

/** The source of a set's file with one mutant in it. */
export const mutatedSource = (source: string, { edit }: Mutant): string => {
  const text = toBytes(source)
  return fromBytes(text.slice(0, edit.range.start) + edit.real + text.slice(edit.range.end))
}

/** What can be changed at a node: each operator is a function from a node to edits. */
import { type Node, type Range, isNode, rangeOf } from "./ast.ts"
import type { Edit, Operator } from "./mutant.ts"

/** A source as one character a byte, so that the compiler's offsets are positions. */
export type ByteText = string

export interface Found {
  readonly operator: Operator
  /** What is shown of the original. */
  readonly original: Range
  /** What stands there instead, as shown. */
  readonly mutated: string
  readonly edit: Edit
}

export interface Context {
  readonly text: ByteText
  /** Any declaration of the whole compilation. */
  readonly declaration: (id: number) => Node | undefined
  /** The name of a modifier's copy with a switch; see `schemata.ts`. */
  readonly switchedModifier: (modifier: Node) => string | undefined
}

const negated: Readonly<Record<string, string>> = {
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
  "==": "!=",
  "!=": "==",
}
const moved: Readonly<Record<string, string>> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" }
const flipped: Readonly<Record<string, string>> = { "+": "-", "-": "+", "+=": "-=", "-=": "+=" }

const slice = (text: ByteText, { start, end }: Range): string => text.slice(start, end)

/** The text of an operation with another operator between its sides. */
const withOperator = (text: ByteText, node: Node, left: Node, right: Node, operator: string): string => {
  const between = { start: rangeOf(left).end, end: rangeOf(right).start }
  const changed = slice(text, between).replace(node["operator"] as string, operator)
  return text.slice(rangeOf(node).start, between.start) + changed + text.slice(between.end, rangeOf(node).end)
}

const replacing = (range: Range, mutated: string, operator: Operator): Found => ({
  operator,
  original: range,
  mutated,
  edit: {
    range,
    real: `(${mutated})`,
    switched: (on, inner) => `(${on} ? (${mutated}) : (${inner}))`,
  },
})

/** `<` becomes `>=`, and `<=`. */
const comparisons = (node: Node, { text }: Context): Found[] => {
  const operator = node["operator"] as string
  const [left, right] = [node["leftExpression"] as Node, node["rightExpression"] as Node]
  const range = rangeOf(node)
  const found: Found[] = []
  const opposite = negated[operator]
  if (opposite === undefined) return []
  const other = moved[operator]
  if (other !== undefined) {
    found.push(replacing(range, withOperator(text, node, left, right, other), "move boundary"))
  }
  const mutated = withOperator(text, node, left, right, opposite)
  const edit: Edit = { range, real: `(${mutated})`, switched: (on, inner) => `((${inner}) != (${on}))` }
  found.push({ operator: "negate comparison", original: range, mutated, edit })
  return found
}

const signs = (node: Node, { text }: Context): Found[] => {
  const range = rangeOf(node)
  const operator = node["operator"] as string
  if (node.nodeType === "UnaryOperation") {
    const whole = slice(text, range)
    if (operator === "-") return [replacing(range, whole.replace("-", ""), "flip sign")]
    if (operator !== "++" && operator !== "--") return []
    const other = operator === "++" ? "--" : "++"
    const at = node["prefix"] === true ? 0 : whole.lastIndexOf(operator)
    return [replacing(range, whole.slice(0, at) + other + whole.slice(at + 2), "flip sign")]
  }
  const other = flipped[operator]
  if (other === undefined) return []
  const left = (node["leftExpression"] ?? node["leftHandSide"]) as Node
  const right = (node["rightExpression"] ?? node["rightHandSide"]) as Node
  return [replacing(range, withOperator(text, node, left, right, other), "flip sign")]
}

/** The single statement that a branch consists of. */
const onlyStatement = (branch: unknown): Node | undefined => {
  if (!isNode(branch)) return undefined
  if (branch.nodeType !== "Block") return branch
  const statements = branch["statements"] as readonly Node[]
  return statements.length === 1 ? statements[0] : undefined
}

const calledName = (statement: Node): string | undefined => {
  const call = statement["expression"]
  if (statement.nodeType !== "ExpressionStatement" || !isNode(call)) return undefined
  const callee = call["expression"]
  return isNode(callee) && callee.nodeType === "Identifier" ? (callee["name"] as string) : undefined
}

const reverts = (statement: Node | undefined): boolean =>
  statement?.nodeType === "RevertStatement" || (statement !== undefined && calledName(statement) === "revert")

/** `if (…) revert …` without effect. */
const revertConditions = (node: Node): Found[] => {
  if (!reverts(onlyStatement(node["trueBody"]))) return []
  const range = rangeOf(node["condition"] as Node)
  const edit: Edit = { range, real: "false", switched: (on, inner) => `(!(${on}) && (${inner}))` }
  return [{ operator: "delete check", original: rangeOf(node), mutated: "", edit }]
}

/** A statement that only runs while its mutant is off. */
const deletingStatement = (node: Node, { text }: Context, operator: Operator): Found => {
  const { start, end } = rangeOf(node)
  const range = { start, end: text[end] === ";" ? end + 1 : end }
  const edit: Edit = { range, real: "{ }", switched: (on, inner) => `{ if (!(${on})) ${inner} }` }
  return { operator, original: { start, end }, mutated: "", edit }
}

/** `require(…)`, `assert(…)`, and calls of functions that change nothing: their only purpose is to revert. */
const guardStatements = (node: Node, context: Context): Found[] => {
  const name = calledName(node)
  if (name === "require" || name === "assert") return [deletingStatement(node, context, "delete check")]
  const call = node["expression"]
  if (!isNode(call) || call.nodeType !== "FunctionCall") return []
  const callee = call["expression"] as Node
  const declared = context.declaration(callee["referencedDeclaration"] as number)
  const changesNothing = ["view", "pure"].includes(declared?.["stateMutability"] as string)
  const isFunction = declared?.nodeType === "FunctionDefinition"
  return isFunction && changesNothing ? [deletingStatement(node, context, "delete guard")] : []
}

/** A modifier on a function without effect. Arguments of base constructors are no modifiers. */
const modifiers = (node: Node, { text, declaration, switchedModifier }: Context): Found[] => {
  const path = node["modifierName"] as Node
  const modifier = declaration(path["referencedDeclaration"] as number)
  if (modifier?.nodeType !== "ModifierDefinition") return []
  const range = rangeOf(node)
  const name = switchedModifier(modifier)
  const args = ((node["arguments"] ?? []) as readonly Node[]).map((each) => slice(text, rangeOf(each)))
  const switched = name === undefined ? undefined : (on: string) => `${name}(${[on, ...args].join(", ")})`
  const edit: Edit = { range, real: "", switched }
  return [{ operator: "delete modifier", original: range, mutated: "", edit }]
}

/** A revert that is no branch of its own. Where a storage pointer is returned the compiler insists on it. */
const lastReverts = (node: Node, { parent, enclosing }: Surroundings, context: Context): Found[] => {
  const alone = parent?.nodeType === "Block" && (parent["statements"] as readonly Node[]).length > 1
  const results = (enclosing?.["returnParameters"] as Node | undefined)?.["parameters"] ?? []
  const pointer = (results as readonly Node[]).some((result) => result["storageLocation"] === "storage")
  return alone && !pointer ? [deletingStatement(node, context, "delete check")] : []
}

export interface Surroundings {
  readonly parent: Node | undefined
  /** The function or modifier that the node is in. */
  readonly enclosing: Node | undefined
}

/** All that can be changed at a node itself, innermost change first. */
export const mutationsAt = (node: Node, around: Surroundings, context: Context): Found[] => {
  switch (node.nodeType) {
    case "BinaryOperation":
      return [...signs(node, context), ...comparisons(node, context)]
    case "UnaryOperation":
    case "Assignment":
      return signs(node, context)
    case "IfStatement":
      return revertConditions(node)
    case "ExpressionStatement":
      return guardStatements(node, context)
    case "ModifierInvocation":
      return modifiers(node, context)
    case "RevertStatement":
      return lastReverts(node, around, context)
    default:
      return []
  }
}

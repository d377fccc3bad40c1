/** The little of ESTree that the rules look at, and what a rule is to the linter. */
export interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

export interface RuleContext {
  readonly filename: string
  readonly cwd: string
  report(finding: { node: Node; message: string }): void
}

export type Visitor = Record<string, (node: never) => void>

export interface Rule {
  readonly meta: { readonly type: "problem"; readonly docs: { readonly description: string } }
  create(context: RuleContext): Visitor
}

/** `a.b` as ["a", "b"]; `b` alone as ["b"]; anything else as []. */
export const dottedPath = (node: Node): readonly string[] => {
  if (node.type === "Identifier") return [node["name"] as string]
  if (node.type !== "MemberExpression") return []
  const property = node["property"] as Node
  const name = node["computed"] === true ? undefined : (property["name"] as string | undefined)
  const object = dottedPath(node["object"] as Node)
  return name === undefined || object.length === 0 ? [] : [...object, name]
}

/** Path of a file from the repository's root, with forward slashes. */
export const repositoryPath = (context: RuleContext): string =>
  context.filename.startsWith(`${context.cwd}/`)
    ? context.filename.slice(context.cwd.length + 1)
    : context.filename

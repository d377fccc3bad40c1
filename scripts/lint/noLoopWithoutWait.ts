import type { Node, Rule } from "./ast.ts"

/** Names of effects after which virtual time may have passed: the last name of `a.b.c`, called or not. */
const waits = /^(sleep|take|takeAll|takeN|await\w*|wait\w*|next\w*|poll|delay|receive|send|work|join)$/

const lastName = (node: Node): string | undefined => {
  if (node.type === "CallExpression") return lastName(node["callee"] as Node)
  if (node.type === "Identifier") return node["name"] as string
  const isMember = node.type === "MemberExpression" && node["computed"] !== true
  return isMember ? ((node["property"] as Node)["name"] as string) : undefined
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string"

/** Whether a wait is called or passed on in the tree, functions defined in it left out. */
const waitsInside = (node: Node): boolean => {
  const isUse = node.type === "CallExpression" || node.type === "MemberExpression"
  if (isUse && waits.test(lastName(node) ?? "")) return true
  return Object.entries(node).some(([key, value]) => {
    if (key === "parent") return false
    const children = Array.isArray(value) ? value : [value]
    return children.some((child) => isNode(child) && !/Function/.test(child.type) && waitsInside(child))
  })
}

/**
 * An endless loop in an agent must call something that lets virtual time pass: nothing pre-empts a
 * fiber that loops over effects which are already resolved.
 */
export const noLoopWithoutWait: Rule = {
  meta: { type: "problem", docs: { description: "an endless loop must wait for something" } },
  create(context) {
    const check = (node: Node) => {
      const test = node["test"] as Node | null
      const endless = test === null || (test?.type === "Literal" && test["value"] === true)
      if (endless && !waitsInside(node["body"] as Node)) {
        context.report({ node, message: "This endless loop never waits: sleep, take or await in it." })
      }
    }
    return { ForStatement: check, WhileStatement: check }
  },
}

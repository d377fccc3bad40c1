import type { Node, Rule } from "./ast.ts"

/** Calls after which virtual time may have passed: the last name of `a.b.c(…)`. */
const waits = /^(sleep|take|takeAll|takeN|await\w*|wait\w*|next\w*|poll|delay|receive|send|work|join)$/

const lastName = (callee: Node): string | undefined =>
  callee.type === "Identifier"
    ? (callee["name"] as string)
    : callee.type === "MemberExpression" && callee["computed"] !== true
      ? ((callee["property"] as Node)["name"] as string)
      : undefined

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string"

/** Whether a wait is called in the tree, functions defined in it left out. */
const callsWait = (node: Node): boolean => {
  if (node.type === "CallExpression" && waits.test(lastName(node["callee"] as Node) ?? "")) return true
  return Object.entries(node).some(([key, value]) => {
    if (key === "parent") return false
    const children = Array.isArray(value) ? value : [value]
    return children.some((child) => isNode(child) && !/Function/.test(child.type) && callsWait(child))
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
      if (endless && !callsWait(node["body"] as Node)) {
        context.report({ node, message: "This endless loop never waits: sleep, take or await in it." })
      }
    }
    return { ForStatement: check, WhileStatement: check }
  },
}

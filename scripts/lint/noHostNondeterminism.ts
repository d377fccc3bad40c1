import type { Node, Rule } from "./ast.ts"
import { dottedPath } from "./ast.ts"

/** What is banned in rooms that run inside a simulation, and what to use in its place. */
const replacements: ReadonlyMap<string, string> = new Map([
  ["Math.random", "the agent's `Random` or a `RandomStream`"],
  ["Math.pow", "integers, or repeated multiplication (its last bit depends on the version of V8)"],
  ["Date.now", "Effect's `Clock`"],
  ["performance.now", "Effect's `Clock`"],
  ["process.env", "an option of the scenario or an argument"],
  ["process.hrtime", "Effect's `Clock`"],
  ["crypto.getRandomValues", "`RandomStream.bytes`"],
  ["crypto.randomUUID", "a name, or `RandomStream.bytes`"],
  ["crypto.randomBytes", "`RandomStream.bytes`"],
  ["Intl", "`sim/results/format.ts`, outside a run"],
])

const bannedCalls: ReadonlyMap<string, string> = new Map([
  ["setTimeout", "`Effect.sleep`"],
  ["setInterval", "`Effect.repeat` with a `Schedule`"],
  ["setImmediate", "`Effect.yieldNow`"],
  ["queueMicrotask", "`Effect.yieldNow`"],
])

const bannedMethods: ReadonlyMap<string, string> = new Map([
  ["localeCompare", "a comparison of code units"],
  ["toLocaleString", "a formatter without a locale"],
  ["toLocaleDateString", "a formatter without a locale"],
  ["toLocaleTimeString", "a formatter without a locale"],
  ["toLocaleUpperCase", "`toUpperCase`"],
  ["toLocaleLowerCase", "`toLowerCase`"],
])

const withoutGlobalThis = (path: readonly string[]) => (path[0] === "globalThis" ? path.slice(1) : path)

/** Nothing that runs inside a simulation reads the host's time, randomness, environment or locale. */
export const noHostNondeterminism: Rule = {
  meta: {
    type: "problem",
    docs: { description: "no host time, randomness, environment or locale in a run" },
  },
  create(context) {
    const ban = (node: Node, what: string, replacement: string) =>
      context.report({ node, message: `${what} is not deterministic; use ${replacement}.` })
    return {
      MemberExpression(node: Node) {
        const path = withoutGlobalThis(dottedPath(node))
        const name = path.join(".")
        const replacement = replacements.get(path[0] === "Intl" ? "Intl" : name)
        if (replacement !== undefined) ban(node, name, replacement)
        const last = (node["property"] as Node)["name"] as string
        const method = node["computed"] === true ? undefined : bannedMethods.get(last)
        if (method !== undefined) ban(node, last, method)
      },
      CallExpression(node: Node) {
        const name = withoutGlobalThis(dottedPath(node["callee"] as Node)).join(".")
        const replacement = bannedCalls.get(name)
        if (replacement !== undefined) ban(node, name, replacement)
      },
      NewExpression(node: Node) {
        const name = withoutGlobalThis(dottedPath(node["callee"] as Node)).join(".")
        if (name === "Date" && (node["arguments"] as readonly Node[]).length === 0) {
          ban(node, "new Date()", "Effect's `Clock`")
        }
      },
    }
  },
}

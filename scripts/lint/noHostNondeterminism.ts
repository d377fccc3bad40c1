import type { Node, Rule } from "./ast.ts"
import { dottedPath } from "./ast.ts"

/** What is banned in rooms that run inside a simulation, and what to use in its place. */
const replacements: Readonly<Record<string, string>> = {
  "Math.random": "the agent's `Random` or a `RandomStream`",
  "Math.pow": "integers, or repeated multiplication (its last bit depends on the version of V8)",
  "Date.now": "Effect's `Clock`",
  "performance.now": "Effect's `Clock`",
  "process.env": "an option of the scenario or an argument",
  "process.hrtime": "Effect's `Clock`",
  "crypto.getRandomValues": "`RandomStream.bytes`",
  "crypto.randomUUID": "a name, or `RandomStream.bytes`",
  "crypto.randomBytes": "`RandomStream.bytes`",
  Intl: "`sim/results/format.ts`, outside a run",
}

const bannedCalls: Readonly<Record<string, string>> = {
  setTimeout: "`Effect.sleep`",
  setInterval: "`Effect.repeat` with a `Schedule`",
  setImmediate: "`Effect.yieldNow`",
  queueMicrotask: "`Effect.yieldNow`",
}

const bannedMethods: Readonly<Record<string, string>> = {
  localeCompare: "a comparison of code units",
  toLocaleString: "a formatter without a locale",
  toLocaleDateString: "a formatter without a locale",
  toLocaleTimeString: "a formatter without a locale",
  toLocaleUpperCase: "`toUpperCase`",
  toLocaleLowerCase: "`toLowerCase`",
}

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
        if (replacements[name] !== undefined) ban(node, name, replacements[name])
        else if (path.length === 2 && path[0] === "Intl") ban(node, name, replacements["Intl"] ?? "")
        const last = (node["property"] as Node)["name"] as string
        if (node["computed"] !== true && bannedMethods[last] !== undefined)
          ban(node, last, bannedMethods[last])
      },
      CallExpression(node: Node) {
        const name = withoutGlobalThis(dottedPath(node["callee"] as Node)).join(".")
        if (bannedCalls[name] !== undefined) ban(node, name, bannedCalls[name])
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

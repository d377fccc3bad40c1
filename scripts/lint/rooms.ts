import { posix } from "node:path"
import type { Node, Rule } from "./ast.ts"
import { repositoryPath } from "./ast.ts"

/**
 * Which room may import which, longest prefix first. `sim` stands for the rooms of `sim/` that are not
 * named: scenario, world, run, experiment, search. The command line sits on top of everything.
 */
const mayImport: readonly (readonly [room: string, others: readonly string[]])[] = [
  ["sim/kernel", []],
  ["sim/results", ["sim/kernel"]],
  ["sim/mechanisms", ["sim/kernel", "chain", "ml"]],
  ["sim/agents", ["sim/kernel", "chain", "ml", "sim/mechanisms"]],
  ["sim/cli", ["sim/kernel", "sim/results", "sim/mechanisms", "sim/agents", "sim", "chain", "ml", "reports"]],
  ["sim", ["sim/kernel", "sim/results", "sim/mechanisms", "sim/agents", "chain", "ml"]],
  ["chain", ["sim/kernel"]],
  ["ml", ["sim/kernel"]],
  ["reports", ["sim/results"]],
]

const roomOf = (path: string): string | undefined =>
  mayImport.find(([room]) => path.startsWith(`${room}/`))?.[0]

/** Relative imports between rooms follow the architecture's table. */
export const rooms: Rule = {
  meta: { type: "problem", docs: { description: "imports follow the table of rooms" } },
  create(context) {
    const file = repositoryPath(context)
    const room = roomOf(file)
    if (room === undefined) return {}
    const allowed = mayImport.find(([name]) => name === room)?.[1] ?? []
    const check = (node: Node) => {
      const source = (node["source"] as Node | null)?.["value"]
      if (typeof source !== "string" || !source.startsWith(".")) return
      const target = posix.join(posix.dirname(file), source)
      const other = roomOf(target)
      if (other === room || (other !== undefined && allowed.includes(other))) return
      context.report({
        node,
        message: `${room} may not import ${other ?? target}; it may import ${allowed.join(", ") || "nothing of ours"}.`,
      })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

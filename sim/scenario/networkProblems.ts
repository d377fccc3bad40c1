/** Agents that the network section names and nobody is. */
import { didYouMean } from "./didYouMean.ts"
import { show } from "./problem.ts"
import { problem, roleOf } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export function networkProblems({ network, population }: ScenarioFile): readonly SchemaProblem[] {
  const known = namesOf(population)
  return (["delays", "partitions"] as const).flatMap((key) =>
    network[key].flatMap(({ agents }, index) => {
      if (known.has(agents)) return []
      const hint = didYouMean(agents, [...known])
      const message = `expected a role, strategy, group, owner, or agent of the population, found ${show(agents)}${hint}`
      return [problem(["network", key, index, "agents"], message)]
    }),
  )
}

/** Every word that means somebody. */
function namesOf(population: ScenarioFile["population"]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  const names = new Set<string>()
  for (const { strategy, group, owner, count } of population) {
    if (count === 0) continue
    const role = roleOf(strategy)
    const before = counts.get(role) ?? 0
    counts.set(role, before + count)
    for (let place = before + 1; place <= before + count; place++) names.add(`${role}-${place}`)
    for (const name of [role, strategy, group, owner]) if (name !== undefined) names.add(name)
  }
  return names
}

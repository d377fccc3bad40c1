/** The test that every mutant with a statement dies of it, for the mutants of some contracts. */
import { expect, test } from "vitest"
import { mutantOverrides, type Mutant } from "../../chain/mutants/mutants.ts"
import { createPopulatedWorld } from "../contracts/cycle.ts"
import { UnexpectedOutcome } from "../contracts/world.ts"
import type { Statement } from "./statements/statement.ts"
import { statements } from "./statements/statements.ts"

/** `mutants` that an invariant kills are shown to die in real runs, beside the invariants. */
export const testKills = (mutants: readonly Mutant[]): void => {
  const killed = mutants.flatMap((mutant) =>
    "statement" in mutant.killedBy ? [[mutant.name, mutant.killedBy.statement] as const] : [],
  )
  test.each(killed)(
    "%s dies, because %s",
    async (name) => {
      const statement = statements[name] as Statement
      await statement.holds(await createPopulatedWorld(statement.world))
      // Compiles, deploys, takes part in the world: only the rule is gone.
      const mutated = await createPopulatedWorld({ ...statement.world, overrides: mutantOverrides([name]) })
      await expect(statement.holds(mutated)).rejects.toSatisfy(isBroken)
    },
    120_000,
  )
}

/** An expectation that fails, or a call that succeeds where it must not; anything else is a mistake in the statement. */
const isBroken = (error: unknown): boolean =>
  error instanceof UnexpectedOutcome || (error instanceof Error && error.name === "AssertionError")

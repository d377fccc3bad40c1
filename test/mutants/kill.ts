/** The test that every mutant with a statement dies of it, for the mutants of some contracts. */
import { expect, test } from "vitest"
import { mutantOverrides, type Mutant } from "../../chain/mutants/mutants.ts"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { compiledContracts, testCacheDirectory } from "../compiledContracts.ts"
import { createPopulatedWorld, type PopulatedOptions } from "../contracts/cycle.ts"
import { UnexpectedOutcome, type World } from "../contracts/world.ts"
import type { Statement } from "./statements/statement.ts"
import { statements } from "./statements/statements.ts"

/**
 * Compiling takes seconds a mutant, minutes for all. The test command kills every twelfth; `npm run test:contracts`
 * sets EVERY_MUTANT and kills all of them.
 */
const step = process.env["EVERY_MUTANT"] === undefined ? 12 : 1

/** `mutants` that an invariant kills are shown to die in real runs, beside the invariants. */
export const testKills = (mutants: readonly Mutant[]): void => {
  const withStatement = mutants.flatMap((mutant) =>
    "statement" in mutant.killedBy ? [[mutant.name, mutant.killedBy.statement] as const] : [],
  )
  test.each(withStatement)("the rule behind %s holds: %s", async (name) => {
    const statement = statements[name] as Statement
    await expect(statement.holds(await originalWorld(statement.world))).resolves.toBeUndefined()
  })
  test.each(withStatement.filter((_, index) => index % step === 0))(
    "%s dies, because %s",
    async (name) => {
      const statement = statements[name] as Statement
      // Compiles, deploys, takes part in the world: only the rule is gone.
      const compiled = await compiledWithout(name, statement)
      const mutated = await createPopulatedWorld({ ...statement.world, compiled })
      await expect(statement.holds(mutated)).rejects.toSatisfy(isBroken)
    },
    120_000,
  )
}

const compiledWithout = async (name: string, { mutated: only }: Statement): Promise<CompiledSuite> => {
  const overrides = mutantOverrides([name])
  if (only === undefined) return compiledContracts(overrides)
  const original = await compiledContracts()
  const cacheDirectory = testCacheDirectory
  const { contracts } = await compileContracts({ cacheDirectory, overrides, only })
  return { ...original, contracts: { ...original.contracts, ...contracts } }
}

interface Start {
  readonly world: World
  readonly goBack: () => void
}

const starts = new Map<string, Start>()

/** A world with all rules on, populated once for all statements that begin in it, and as if nobody had used it. */
const originalWorld = async (options: PopulatedOptions = {}): Promise<World> => {
  const key = JSON.stringify(options, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  )
  const { world, goBack } = starts.get(key) ?? (await populate(options))
  starts.set(key, { world, goBack })
  goBack()
  return world
}

const populate = async (options: PopulatedOptions): Promise<Start> => {
  const world = await createPopulatedWorld(options)
  return { world, goBack: world.remember() }
}

/** An expectation that fails, or a call that succeeds where it must not; anything else is a mistake in the statement. */
const isBroken = (error: unknown): boolean =>
  error instanceof UnexpectedOutcome || (error instanceof Error && error.name === "AssertionError")

/**
 * The schema of a scenario file, `version: 1`.
 *
 * The schema holds checks and defaults only, no conversions, so that one decoding finds every problem of a file at
 * once. `resolveScenario.ts` turns what it accepts into the `Scenario` that the world is built from.
 */
import { Schema } from "effect"
import { about, integer, decimal, kebabName, orElse, text } from "./fields.ts"
import { contractsField } from "./contractsField.ts"
import { Learning } from "./learningSection.ts"
import { MlField } from "./mlField.ts"
import { MAX_RUN_SEED } from "./limits.ts"
import { Replicates } from "./replicatesField.ts"
import { parametersSection } from "./parametersSection.ts"
import { populationEntry } from "./populationSection.ts"
import type { Registries } from "./registries.ts"
import { StorageSection } from "./storageSection.ts"
import { statement } from "./statementField.ts"
import { TrialSection } from "./trialSection.ts"
import { Network } from "./networkSection.ts"
import { ChainSection, Costs, Money, Tasks } from "./sections.ts"

/** The version of the file format that this program reads. */
export const SCENARIO_VERSION = 1

const expected = statement({
  title: "Statement",
  description: "A comparison of two metrics, or of a metric and a number, with a confidence.",
})

const Expectation = Schema.Union([
  expected,
  Schema.Struct({
    statement: expected,
    why: text({ title: "Why", description: "Why this should hold; the report prints it." }),
  }),
]).annotate({ expected: "an expectation: text, or { statement, why }" })

const Comparison = Schema.Struct({
  name: kebabName({ title: "Name", description: "Names the setting in results." }).check(
    Schema.makeFilter((name: string) => name !== "base", {
      expected: "a name other than base",
      toJsonSchema: () => ({ not: { const: "base" } }),
    }),
  ),
  question: text({ title: "Question", description: "What the comparison asks, in one sentence." }),
  set: Schema.Record(Schema.String, Schema.Unknown)
    .check(Schema.isMinProperties(1, { expected: "at least one change, such as population[0].count: 3" }))
    .annotate(
      about({ title: "Changes", description: "Values by path, applied to this scenario, as with --set." }),
    ),
  measures: Schema.NonEmptyArray(Schema.NonEmptyString).annotate({
    ...about({ title: "Measures", description: "Metrics whose change is reported, such as accuracy." }),
    expected: "a list of at least one metric",
  }),
}).annotate(about({ title: "Comparison", description: "The scenario with some changes, on the same seeds." }))

/** The schema of a scenario file, with the names of strategies and parameters that the program knows. */
export const scenarioFileSchema = (registries: Registries) =>
  Schema.Struct({
    version: Schema.Literal(SCENARIO_VERSION).annotate({
      ...about({ title: "Version", description: "Of the scenario format." }),
      expected: `${SCENARIO_VERSION}, the version of the scenario format that this program reads`,
    }),
    name: kebabName({ title: "Name", description: "Short; names the output folder." }),
    title: text({ title: "Title", description: "What the scenario is about, in one sentence." }),
    description: Schema.String.annotate(
      about({ title: "Description", description: "What it shows and why it is set up so." }),
    ).pipe(orElse("")),
    seed: integer(
      { min: 0, max: MAX_RUN_SEED },
      { title: "Seed", description: "Replicate i runs with seed + i.", default: 1 },
    ).pipe(orElse(1)),
    replicates: Replicates.pipe(orElse(5)),
    rounds: integer(
      { min: 1, max: 100_000 },
      {
        title: "Rounds",
        description: "The run ends when this many are published, or at the limit.",
        default: 10,
      },
    ).pipe(orElse(10)),
    limitHours: Schema.optionalKey(
      decimal(
        { min: 0, max: 1_000_000, aboveMin: true },
        {
          title: "Limit",
          description:
            "Virtual time at which a run ends in any case. Default: 12 + 6 × rounds, scaled by block time.",
          unit: "hours",
        },
      ),
    ),
    settleAt: Schema.Literals(["lastRound", "end"])
      .annotate({
        ...about({
          title: "Settling",
          description:
            "When profits are counted: when the last round is published, or at the end of the run, for whatever goes on after training.",
        }),
        default: "lastRound",
        expected: "lastRound or end",
      })
      .pipe(orElse("lastRound" as const)),
    money: Money.pipe(orElse({})),
    costs: Costs.pipe(orElse({})),
    chain: ChainSection.pipe(orElse({})),
    network: Network.pipe(orElse({})),
    ml: MlField.pipe(orElse("real")),
    learning: Learning.pipe(orElse({})),
    tasks: Tasks.pipe(orElse({})),
    storage: StorageSection.pipe(orElse({})),
    population: Schema.Array(populationEntry(registries))
      .check(Schema.isBetweenLength(1, 1000, { expected: "a list of 1 to 1000 entries" }))
      .annotate({
        ...about({ title: "Population", description: "Who takes part." }),
        expected: "a list of at least one population entry",
      }),
    contracts: contractsField(registries).pipe(orElse("builtin")),
    parameters: parametersSection(registries).pipe(orElse({})),
    expectations: Schema.Array(Expectation)
      .annotate(about({ title: "Expectations", description: "Statements that are judged over replicates." }))
      .pipe(orElse([])),
    comparisons: Schema.Array(Comparison)
      .check(Schema.isMaxLength(100, { expected: "at most 100 comparisons" }))
      .annotate(about({ title: "Comparisons", description: "Variants run on the same seeds." }))
      .pipe(orElse([])),
    trial: Schema.optionalKey(TrialSection),
  }).annotate(
    about({
      title: "Autonet scenario",
      description:
        "A declarative experiment: who takes part, under which rules, for how long, and what is expected.",
    }),
  )

/** A scenario file with its defaults filled in: amounts as they were written, names checked. */
export type ScenarioFile = ReturnType<typeof scenarioFileSchema>["Type"]

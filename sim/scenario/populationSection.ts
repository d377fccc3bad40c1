/** Who takes part: the strategies are those of the registry. */
import { Schema } from "effect"
import { didYouMean } from "./didYouMean.ts"
import { about, amount, decimal, integer, kebabName, orElse } from "./fields.ts"
import type { Registries } from "./registries.ts"

const SpeedSection = Schema.Struct({
  trainSamplesPerSecond: decimal(
    { min: 0, max: 1e9, aboveMin: true },
    { title: "Training speed", description: "Samples × epochs a second of virtual time.", default: 500 },
  ).pipe(orElse(500)),
  evaluateExamplesPerSecond: decimal(
    { min: 0, max: 1e9, aboveMin: true },
    { title: "Evaluation speed", description: "Examples a second of virtual time.", default: 1000 },
  ).pipe(orElse(1000)),
  uploadBytesPerSecond: decimal(
    { min: 0, max: 1e12, aboveMin: true },
    {
      title: "Upload speed",
      description: "To the content store.",
      unit: "bytes a second",
      default: 1_000_000,
    },
  ).pipe(orElse(1_000_000)),
}).annotate(about({ title: "Speed", description: "Work takes virtual time: units of work ÷ speed." }))

export const populationEntry = (registries: Registries) => {
  const names = [...registries.strategies.keys()].sort()
  const strategy = Schema.String.check(
    Schema.makeFilter(
      (name: string) =>
        registries.strategies.has(name) ||
        `a known strategy${didYouMean(name, names)}; known: ${names.length === 0 ? "none" : names.join(", ")}`,
      {
        expected: "a known strategy",
        // By its place in a file, or by name: a file's strategies are checked when it is loaded.
        toJsonSchema: () => ({ anyOf: [{ enum: names }, { pattern: String.raw`\.m?[jt]s(#.*)?$` }] }),
      },
    ),
  ).annotate(
    about({
      title: "Strategy",
      description:
        "What these agents do: role/strategy, or the path of a file with a strategy, such as ./mine.ts.",
    }),
  )
  return Schema.Struct({
    strategy,
    count: integer(
      { min: 0, max: 10_000 },
      { title: "Count", description: "How many such agents.", default: 1 },
    ).pipe(orElse(1)),
    group: Schema.optionalKey(
      kebabName({ title: "Group", description: "A name by which expectations address these agents." }),
    ),
    owner: Schema.optionalKey(
      kebabName({
        title: "Owner",
        description:
          "Who owns these agents: all entries of one owner are one party, know each other, and are judged together.",
      }),
    ),
    stakeAtn: Schema.optionalKey(
      amount({ title: "Stake", description: "Of each agent. Default: the least stake of its role." }),
    ),
    capitalAtn: Schema.optionalKey(
      amount({
        title: "Capital",
        description:
          "ATN of each agent before staking. Default: money.participantStakeMultiple × stake; 1,000 where the role stakes nothing.",
      }),
    ),
    options: Schema.Record(Schema.String, Schema.Unknown)
      .annotate(about({ title: "Options", description: "Of the strategy." }))
      .pipe(orElse({})),
    speed: SpeedSection.pipe(orElse({})),
  }).annotate(about({ title: "Population entry", description: "Agents that follow one strategy." }))
}

/** `trial`: an attack on the protocol, when it counts as successful, and which rule stands against it. */
import { Schema } from "effect"
import { about, decimal, kebabName, text } from "./fields.ts"
import { statement } from "./statementField.ts"

const ONE_FACTOR = "a range such as { from: 1, to: 100, scale: log, integer: true }, or { values: [a, b] }"

/** Whether it is a range or a list, `factorProblems` says: a union would only name both. */
const FactorSection = Schema.Struct({
  values: Schema.optionalKey(
    Schema.Array(Schema.Unknown).annotate(
      about({ title: "Values", description: "The values tried, in place of a range." }),
    ),
  ),
  from: Schema.optionalKey(
    Schema.Finite.annotate(about({ title: "From", description: "The least value of a range." })),
  ),
  to: Schema.optionalKey(
    Schema.Finite.annotate(about({ title: "To", description: "The largest value of a range." })),
  ),
  scale: Schema.optionalKey(
    Schema.Literals(["linear", "log"]).annotate({
      ...about({
        title: "Scale",
        description: "On which values lie evenly: linear, or log where their size is open. Default: linear.",
      }),
      expected: "one of linear, log",
    }),
  ),
  integer: Schema.optionalKey(
    Schema.Boolean.annotate(about({ title: "Integer", description: "Whole numbers only. Default: false." })),
  ),
}).annotate({
  ...about({
    title: "Factor",
    description: `A value of the scenario that the attacker chooses: ${ONE_FACTOR}.`,
  }),
  expected: ONE_FACTOR,
})

export type FactorSection = typeof FactorSection.Type

export const TrialSection = Schema.Struct({
  attack: text({
    title: "Attack",
    description: "Its name: the row of the attack catalogue, where it has one.",
  }),
  role: text({ title: "Role", description: "Who attacks, in a word or two." }),
  attacker: kebabName({
    title: "Attacker",
    description: "The owner or group of the population whose accounts are the attacker.",
  }),
  success: statement({
    title: "Success",
    description:
      "When the attack counts as successful: a comparison of two metrics without a confidence, since the table of trials has one as a whole.",
  }),
  margin: decimal(
    { min: 0, max: 1e12, aboveMin: true },
    {
      title: "Margin",
      description:
        "In the unit of the statement's left side: a difference of its sides below it is of no interest to anybody.",
    },
  ),
  defence: Schema.Struct({
    rule: text({ title: "Rule", description: "The rule that stands against the attack, in words." }),
    off: Schema.Record(Schema.String, Schema.Unknown)
      .check(
        Schema.isMinProperties(1, {
          expected: "at least one change, such as contracts.rulesOff: [double-payout]",
        }),
      )
      .annotate(
        about({
          title: "Off",
          description:
            "Changes by path, as with --set, that switch the rule off and leave the attacker as it is.",
        }),
      ),
  }).annotate(about({ title: "Defence", description: "The rule on trial: the scenario itself has it on." })),
  search: Schema.Struct({
    factors: Schema.Record(Schema.String, FactorSection)
      .check(Schema.isMinProperties(1, { expected: "at least one factor" }))
      .annotate(
        about({ title: "Factors", description: "What the attacker chooses, by path: at least 64 settings." }),
      ),
  }).annotate(about({ title: "Search", description: "Options of the attack: the best of them is judged." })),
}).annotate(
  about({
    title: "Trial",
    description:
      "An attack, judged by autonet-sim trial with its rule on and off, each with its best options.",
  }),
)

export type TrialSection = typeof TrialSection.Type

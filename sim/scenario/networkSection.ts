/** The section of a scenario file that describes the network between agents. */
import { Schema } from "effect"
import { about, decimal, orElse } from "./fields.ts"

const agents = Schema.NonEmptyString.annotate({
  ...about({
    title: "Agents",
    description:
      "Whom it concerns: a role, strategy, group, owner, or the name of one agent, such as coordinator-3.",
  }),
  expected: "a role, strategy, group, owner, or the name of an agent",
})

const Delay = Schema.Struct({
  agents,
  seconds: decimal(
    { min: 0, max: 86_400 },
    {
      title: "Delay",
      description: "Added to the latency of all that these agents send, and to all that they hear.",
      unit: "seconds",
    },
  ),
}).annotate(about({ title: "Delay", description: "Agents with a slow connection." }))

const Partition = Schema.Struct({
  agents,
  fromMinutes: decimal(
    { min: 0, max: 10_000_000 },
    { title: "Beginning", description: "Virtual time at which it begins.", unit: "minutes" },
  ),
  minutes: decimal(
    { min: 0, max: 10_000_000 },
    { title: "Length", description: "How long it lasts; 0 = not at all.", unit: "minutes" },
  ),
}).annotate(
  about({
    title: "Partition",
    description:
      "A time in which these agents are cut off: what they send arrives after it, and what happens reaches them after it. Questions that they ask about the state of contracts are answered still.",
  }),
)

export const Network = Schema.Struct({
  medianLatencySeconds: decimal(
    { min: 0, max: 3600 },
    {
      title: "Median latency",
      description: "Of a message between two agents.",
      unit: "seconds",
      default: 0.5,
    },
  ).pipe(orElse(0.5)),
  latencySigma: decimal(
    { min: 0, max: 5 },
    {
      title: "Spread of latency",
      description: "Standard deviation of the latency's natural logarithm; 0 = always the median.",
      default: 0.5,
    },
  ).pipe(orElse(0.5)),
  lossProbability: decimal(
    { min: 0, max: 0.95 },
    {
      title: "Loss",
      description: "Probability that a message never arrives: a transaction has to be sent again.",
      default: 0,
    },
  ).pipe(orElse(0)),
  delays: Schema.Array(Delay)
    .check(Schema.isMaxLength(100, { expected: "at most 100 delays" }))
    .annotate(about({ title: "Delays", description: "Agents with a slow connection; several add up." }))
    .pipe(orElse([])),
  partitions: Schema.Array(Partition)
    .check(Schema.isMaxLength(100, { expected: "at most 100 partitions" }))
    .annotate(
      about({ title: "Partitions", description: "Times in which agents are cut off from all others." }),
    )
    .pipe(orElse([])),
}).annotate(
  about({
    title: "Network",
    description: "Delays, losses and partitions between agents; latency is log-normal.",
  }),
)

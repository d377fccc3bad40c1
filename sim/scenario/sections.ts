/** The sections of a scenario file that describe the world: money, costs, chain, network, learning, tasks. */
import { Schema } from "effect"
import { about, amount, decimal, integer, orElse } from "./fields.ts"

export const Money = Schema.Struct({
  supplyAtn: amount({
    title: "Supply at genesis",
    description: "ATN that exist when the run begins. Token holders get what others do not.",
    default: 10_000_000,
  }).pipe(orElse(10_000_000)),
  treasuryShareBps: integer(
    { min: 0, max: 10_000 },
    { title: "Treasury's share", description: "Share of the supply at genesis.", unit: "bps", default: 2000 },
  ).pipe(orElse(2000)),
  projectFundingAtn: amount({
    title: "Project funding",
    description: "ATN paid into the project at genesis; all of it is task budget.",
    default: 100_000,
  }).pipe(orElse(100_000)),
  projectTokenPriceAtn: amount({
    title: "Price of a project token",
    description: "The project's selling price, at which profits also value project tokens.",
    default: 1,
  }).pipe(orElse(1)),
  inferencePriceAtn: amount({
    title: "Price of an inference",
    description: "Stated with a global model where the contract set sells each published model.",
    default: 1,
  }).pipe(orElse(1)),
  jackpotPoolAtn: amount({
    title: "Jackpot pool",
    description: "Paid by the treasury at genesis into the pool that rewards caught traps.",
    default: 10_000,
  }).pipe(orElse(10_000)),
  participantStakeMultiple: integer(
    { min: 1, max: 1_000_000 },
    {
      title: "Capital of a participant",
      description: "ATN that each participant gets at genesis, as a multiple of its stake.",
      default: 5,
    },
  ).pipe(orElse(5)),
}).annotate(about({ title: "Money", description: "Token supply and its distribution at genesis." }))

export const Costs = Schema.Struct({
  trainingAtnPerSample: amount({
    title: "Cost of training",
    description: "Per sample and epoch, charged to whoever trains.",
    default: 0.001,
  }).pipe(orElse(0.001)),
  verificationAtnPerEvaluation: amount({
    title: "Cost of verification",
    description: "Per evaluation of a task's whole evaluation set; a part of the set costs its share.",
    default: 1,
  }).pipe(orElse(1)),
  storageAtnPerMibDay: amount({
    title: "Cost of storage",
    description: "Per MiB (2^20 bytes) and day.",
    default: 0.0001,
  }).pipe(orElse(0.0001)),
  gasAtnPerMillionGas: amount({
    title: "Price of gas",
    description: "Per million gas, in steps of 10^-12 ATN so that one gas costs whole wei.",
    default: 0.001,
    decimals: 12,
  }).pipe(orElse(0.001)),
}).annotate(
  about({
    title: "Costs",
    description: "Prices of real work, so that laziness saves something and honesty costs.",
  }),
)

export const ChainSection = Schema.Struct({
  blockSeconds: integer(
    { min: 1, max: 3600 },
    { title: "Block time", description: "Virtual time between blocks.", unit: "seconds", default: 12 },
  ).pipe(orElse(12)),
  ordering: Schema.Literals(["feePriority", "firstComeFirstServed", "random"])
    .annotate({
      ...about({
        title: "Block building policy",
        description:
          "How waiting transactions are ordered into a block: by priority fee and then arrival, by arrival, or at random.",
      }),
      default: "feePriority",
      expected: "one of feePriority, firstComeFirstServed, random",
    })
    .pipe(orElse("feePriority")),
  blockGasLimit: integer(
    { min: 1_000_000, max: 1_000_000_000 },
    { title: "Block gas limit", description: "What does not fit waits.", unit: "gas", default: 30_000_000 },
  ).pipe(orElse(30_000_000)),
}).annotate(about({ title: "Chain", description: "Block production." }))

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
}).annotate(about({ title: "Network", description: "Delays of messages: log-normal, nothing is lost." }))

const PARTITIONS = "one of { kind: iid }, { kind: dirichlet, alpha }, { kind: byLabel, labelsPerSolver }"

const kind = <const K extends string>(name: K, description: string) =>
  Schema.Literal(name).annotate({ ...about({ title: name, description }), expected: PARTITIONS })

export const PartitionSection = Schema.Union([
  Schema.Struct({ kind: kind("iid", "Every solver draws from the same distribution.") }),
  Schema.Struct({
    kind: kind("dirichlet", "Label proportions drawn from a symmetric Dirichlet distribution."),
    alpha: decimal(
      { min: 0, max: 1_000_000, aboveMin: true },
      { title: "Concentration", description: "Small = very unequal shards, large = nearly iid." },
    ),
  }),
  Schema.Struct({
    kind: kind("byLabel", "Every solver holds only a few labels."),
    labelsPerSolver: integer({ min: 1, max: 10 }, { title: "Labels per solver", description: "How many." }),
  }),
]).annotate({
  ...about({ title: "Data partition", description: "How training data are split among solvers." }),
  expected: PARTITIONS,
  default: { kind: "iid" },
})

const MODEL = "{ kind: mlp, hidden: [..] }"

const Model = Schema.Struct({
  kind: Schema.Literal("mlp").annotate({
    ...about({ title: "Kind of model", description: "A multi-layer perceptron." }),
    expected: MODEL,
  }),
  hidden: Schema.Array(integer({ min: 1, max: 1024 }, { title: "Width", description: "Units of one layer." }))
    .check(Schema.isMaxLength(8, { expected: "at most 8 hidden layers" }))
    .annotate(about({ title: "Hidden layers", description: "Their widths; [] is softmax regression." })),
}).annotate({ ...about({ title: "Model", description: "What is trained." }), expected: MODEL })

const Acceptance = Schema.Struct({
  minScore: integer(
    { min: 0, max: 100 },
    { title: "Least score", description: "A solution scoring below it is incorrect.", default: 70 },
  ).pipe(orElse(70)),
  toleranceBps: integer(
    { min: 0, max: 10_000 },
    {
      title: "Tolerance",
      description: "How far accuracy may fall below the base model's before a solution is incorrect.",
      unit: "bps",
      default: 300,
    },
  ).pipe(orElse(300)),
}).annotate(about({ title: "Acceptance rule", description: "What makes a solution correct." }))

export const Learning = Schema.Struct({
  dataset: Schema.Literal("mnist")
    .annotate({
      ...about({ title: "Data set", description: "The real data that agents train on." }),
      expected: "mnist",
      default: "mnist",
    })
    .pipe(orElse("mnist")),
  model: Model.pipe(orElse({ kind: "mlp", hidden: [32] })),
  partition: PartitionSection.pipe(orElse({ kind: "iid" })),
  samplesPerSolver: integer(
    { min: 1, max: 60_000 },
    { title: "Samples per solver", description: "Size of a solver's own shard.", default: 600 },
  ).pipe(orElse(600)),
  epochs: integer(
    { min: 1, max: 100 },
    { title: "Epochs", description: "Passes over the shard in one task.", default: 1 },
  ).pipe(orElse(1)),
  batchSize: integer(
    { min: 1, max: 10_000 },
    { title: "Batch size", description: "Samples per step of gradient descent.", default: 32 },
  ).pipe(orElse(32)),
  learningRate: decimal(
    { min: 0, max: 100, aboveMin: true },
    { title: "Learning rate", description: "Of stochastic gradient descent.", default: 0.05 },
  ).pipe(orElse(0.05)),
  momentum: decimal(
    { min: 0, max: 0.9999 },
    { title: "Momentum", description: "Of stochastic gradient descent.", default: 0 },
  ).pipe(orElse(0)),
  evaluationExamples: integer(
    { min: 1, max: 10_000 },
    {
      title: "Evaluation set",
      description: "Examples in the hidden ground truth of one task.",
      default: 500,
    },
  ).pipe(orElse(500)),
  heldOutExamples: integer(
    { min: 1, max: 10_000 },
    {
      title: "Held-out set",
      description:
        "Examples by which the simulator finds out, unseen by agents, how good models and submissions really are.",
      default: 10_000,
    },
  ).pipe(orElse(10_000)),
  acceptance: Acceptance.pipe(orElse({})),
}).annotate(
  about({ title: "Learning", description: "What is trained, on what, and when a result is correct." }),
)

export const Tasks = Schema.Struct({
  perRound: integer(
    { min: 1, max: 1000 },
    { title: "Tasks per round", description: "Tasks proposed in one training round.", default: 2 },
  ).pipe(orElse(2)),
  solversPerTask: integer(
    { min: 1, max: 1000 },
    { title: "Solvers per task", description: "Solvers that work on one task.", default: 3 },
  ).pipe(orElse(3)),
  startBlock: integer(
    { min: 0, max: 1_000_000 },
    {
      title: "Start",
      description: "Block after which the first tasks are proposed: by then everybody has staked.",
      unit: "blocks",
      default: 10,
    },
  ).pipe(orElse(10)),
  solverRewardAtn: amount({
    title: "Solver's reward",
    description: "Per correct solution, scaled by score / 100 and by the capability multiplier.",
    default: 5,
  }).pipe(orElse(5)),
  learnabilityRewardAtn: amount({
    title: "Proposer's reward",
    description: "Per task, paid once if a solution is correct.",
    default: 10,
  }).pipe(orElse(10)),
}).annotate(about({ title: "Tasks", description: "What proposers offer." }))

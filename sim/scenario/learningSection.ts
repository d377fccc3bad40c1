/** The section of a scenario file about learning: what is trained, on what, and when a result is correct. */
import { Schema } from "effect"
import { BackendField } from "./backendField.ts"
import { BackdoorField } from "./backdoorField.ts"
import { CapabilitiesField } from "./capabilitiesField.ts"
import { CheckpointsField } from "./checkpointsField.ts"
import { DatasetField } from "./datasetField.ts"
import { AggregationField } from "./aggregationField.ts"
import { about, decimal, integer, orElse } from "./fields.ts"
import { ModelField } from "./modelField.ts"
import { PartitionField } from "./partitionField.ts"

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
  backend: BackendField.pipe(orElse("wasm")),
  dataset: DatasetField.pipe(orElse("mnist")),
  model: ModelField.pipe(orElse({ kind: "mlp", hidden: [32] })),
  partition: PartitionField.pipe(orElse({ kind: "iid" })),
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
  proximal: decimal(
    { min: 0, max: 1_000 },
    {
      title: "Proximal term",
      description:
        "µ of the term µ/2 · ‖w − base‖² that FedProx adds to the loss, which keeps local training near its base; 0 is plain descent.",
      default: 0,
    },
  ).pipe(orElse(0)),
  aggregation: AggregationField.pipe(orElse({})),
  backdoor: Schema.optionalKey(BackdoorField),
  capabilities: Schema.optionalKey(CapabilitiesField),
  checkpoints: CheckpointsField.pipe(orElse(null)),
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
        "Examples by which the simulator finds out, unseen by agents, how good models and submissions really are. Ground truths are drawn from the others, where enough are left; else from all.",
      default: 10_000,
    },
  ).pipe(orElse(10_000)),
  acceptance: Acceptance.pipe(orElse({})),
}).annotate(
  about({ title: "Learning", description: "What is trained, on what, and when a result is correct." }),
)

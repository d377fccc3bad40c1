/** What the metrics of a whole run mean, and in which unit they are: for whoever reads results. */

/** `share` is a number between 0 and 1 (a difference of such: −1 to 1), shown in percent or percentage points. */
export type MetricUnit = "share" | "difference of shares" | "hours" | "ATN" | "gas" | "count"

export interface MetricMeaning {
  readonly unit: MetricUnit
  /** In words, a sentence or two. */
  readonly meaning: string
  /** The rest of a sentence that begins with the value: for metrics that a terminal shows beside accuracy. */
  readonly beside?: string
  /** Why a run has no value of it: the rest of a sentence that begins with "because". */
  readonly absent?: string
}

const NO_BACKDOOR = "nobody there plants a backdoor and learning.backdoor asks about none"

const meanings = {
  accuracy: {
    unit: "share",
    meaning: "Accuracy of the last published global model on the whole held-out set.",
    absent: "no global model was published",
  },
  firstAccuracy: {
    unit: "share",
    meaning: "Accuracy of the initial global model on the whole held-out set.",
    absent: "no global model was published",
  },
  accuracyGain: {
    unit: "difference of shares",
    meaning: "Accuracy of the last published global model minus that of the initial one.",
    absent: "no global model was published",
  },
  backdoorBaseRate: {
    unit: "share",
    meaning:
      "Held-out examples of other classes that the last published global model takes for a backdoor's target as they are, without its trigger: what backdoorSuccess must exceed to mean anything.",
    beside: "of examples of other classes are taken for the backdoor's target without its trigger",
    absent: NO_BACKDOOR,
  },
  backdoorSuccess: {
    unit: "share",
    meaning:
      "Held-out examples of other classes that the last published global model takes for a backdoor's target when they carry its trigger. A high value means something only against backdoorBaseRate, and against a run in which nobody plants it (learning.backdoor measures it there).",
    beside: "of triggered examples of other classes are taken for the target",
    absent: NO_BACKDOOR,
  },
  evaluationGap: {
    unit: "difference of shares",
    meaning:
      "Mean accuracy on a task's own evaluation set minus that on the held-out set, of submissions found correct; traps left out. Near 0 unless evaluation examples leak.",
    beside:
      "more accurate on a task's own examples than on held-out ones (correct submissions); near 0 unless examples leak",
    absent: "no submission was found correct",
  },
  falseAcceptRate: {
    unit: "share",
    meaning: "Bad submissions finalised as correct, of all bad ones decided; traps and near cases left out.",
    absent: "no bad submission was decided",
  },
  falseRejectRate: {
    unit: "share",
    meaning:
      "Good submissions finalised as incorrect, of all good ones decided; traps and near cases left out.",
    absent: "no good submission was decided",
  },
  missedTrapRate: {
    unit: "share",
    meaning: "Votes that approved a trap, of all votes on traps.",
    absent: "nobody voted on a trap",
  },
  undecidedRate: {
    unit: "share",
    meaning: "Revealed submissions on which no consensus was reached, of all but traps.",
    absent: "no submission was revealed",
  },
  unfinishedTaskRate: {
    unit: "share",
    meaning: "Tasks that were not closed when the run ended, of all proposed.",
    absent: "no task was proposed",
  },
  revertRate: {
    unit: "share",
    meaning: "Transactions that reverted, of all included.",
    absent: "no transaction was included",
  },
  availability: {
    unit: "share",
    meaning:
      "Attempts to restore a registered model that succeeded, of all attempts: one a model and probe, from shards that providers really gave, each checked by hash and proof.",
    beside: "of attempts to restore a model succeeded",
    absent: "nobody tried to restore a model",
  },
  reportedAvailability: {
    unit: "share",
    meaning: "Attempts at which the chain reported enough shards of the model, of all attempts.",
    beside: "of attempts: the chain reported enough shards",
    absent: "nobody tried to restore a model",
  },
  overstatedAvailability: {
    unit: "share",
    meaning: "Attempts that failed although the chain reported enough shards of the model, of all attempts.",
    beside: "of attempts failed although the chain reported enough shards",
    absent: "nobody tried to restore a model",
  },
  finalityHours: {
    unit: "hours",
    meaning: "Mean virtual time from a task's proposal to its closing.",
    absent: "no task was closed",
  },
  slashedAtn: { unit: "ATN", meaning: "All that was slashed in the run." },
  traps: { unit: "count", meaning: "Effective traps that were opened." },
  rounds: { unit: "count", meaning: "Rounds whose global model was published." },
  transactions: { unit: "count", meaning: "Transactions included in the chain." },
  revertedTransactions: { unit: "count", meaning: "Transactions that were included and reverted." },
  gasUsed: { unit: "gas", meaning: "Gas that all transactions used." },
  violations: { unit: "count", meaning: "Violations of invariants, a hundred a run at most." },
} as const satisfies Record<string, MetricMeaning>

export type KnownMetric = keyof typeof meanings

/** By name. Results may carry a metric that this version of the program does not know. */
export const metricMeanings: ReadonlyMap<string, MetricMeaning> = new Map(Object.entries(meanings))

/** How values of the unit are written: times `scale`, followed by `symbol`. */
export const unitText = (unit: MetricUnit): { readonly scale: number; readonly symbol: string } => {
  if (unit === "share") return { scale: 100, symbol: "%" }
  if (unit === "difference of shares") return { scale: 100, symbol: "points" }
  if (unit === "gas") return { scale: 1e-6, symbol: "million gas" }
  return { scale: 1, symbol: unit === "count" ? "" : unit }
}

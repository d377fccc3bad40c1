/** What the metrics of a whole run mean, and in which unit they are: for whoever reads results. */

/** `share` is a number between 0 and 1 (a difference of such: −1 to 1), shown in percent or percentage points. */
export type MetricUnit = "share" | "difference of shares" | "hours" | "ATN" | "gas" | "nats" | "count"

export interface MetricMeaning {
  readonly unit: MetricUnit
  /** In words, a sentence or two. */
  readonly meaning: string
  /** How it is computed, shortly. */
  readonly formula: string
  /** The rest of a sentence that begins with the value: for metrics that a terminal shows beside accuracy. */
  readonly beside?: string
  /** Why a run has no value of it: the rest of a sentence that begins with "because". */
  readonly absent?: string
}

const NO_CAPABILITIES = "the scenario names no capabilities"
const NO_BACKDOOR = "nobody there plants a backdoor and learning.backdoor asks about none"

const meanings = {
  accuracy: {
    unit: "share",
    meaning: "Accuracy of the last published global model on the whole held-out set.",
    formula: "correct / examples, of the last published model",
    absent: "no global model was published",
  },
  firstAccuracy: {
    unit: "share",
    meaning: "Accuracy of the initial global model on the whole held-out set.",
    formula: "correct / examples, of the initial model",
    absent: "no global model was published",
  },
  accuracyGain: {
    unit: "difference of shares",
    meaning: "Accuracy of the last published global model minus that of the initial one.",
    formula: "accuracy − firstAccuracy",
    absent: "no global model was published",
  },
  backdoorBaseRate: {
    unit: "share",
    meaning:
      "Held-out examples of other classes that the last published global model takes for a backdoor's target as they are, without its trigger: what backdoorSuccess must exceed to mean anything.",
    formula: "taken for the target / examples of other classes",
    beside: "of examples of other classes are taken for the backdoor's target without its trigger",
    absent: NO_BACKDOOR,
  },
  backdoorSuccess: {
    unit: "share",
    meaning:
      "Held-out examples of other classes that the last published global model takes for a backdoor's target when they carry its trigger. A high value means something only against backdoorBaseRate, and against a run in which nobody plants it (learning.backdoor measures it there).",
    formula: "taken for the target with the trigger / examples of other classes",
    beside: "of triggered examples of other classes are taken for the target",
    absent: NO_BACKDOOR,
  },
  evaluationGap: {
    unit: "difference of shares",
    meaning:
      "Mean accuracy on a task's own evaluation set minus that on the held-out set, of submissions found correct; traps left out. Near 0 unless evaluation examples leak.",
    formula: "mean over correct submissions of (accuracy on the task's set − accuracy held out)",
    beside:
      "more accurate on a task's own examples than on held-out ones (correct submissions); near 0 unless examples leak",
    absent: "no submission was found correct",
  },
  falseAcceptRate: {
    unit: "share",
    meaning: "Bad submissions finalised as correct, of all bad ones decided; traps and near cases left out.",
    formula: "bad and finalised as correct / bad and decided (FAR)",
    absent: "no bad submission was decided",
  },
  falseRejectRate: {
    unit: "share",
    meaning:
      "Good submissions finalised as incorrect, of all good ones decided; traps and near cases left out.",
    formula: "good and finalised as incorrect / good and decided (FRR)",
    absent: "no good submission was decided",
  },
  highestScore: {
    unit: "count",
    meaning:
      "Highest consensus score of a submission found correct. Its solver is paid in proportion: a score of 100 earns the whole reward, and more than 100 is an inflated one.",
    formula: "max score over submissions found correct",
    absent: "no submission was found correct",
  },
  yumaGap: {
    unit: "count",
    meaning:
      "How far the contracts' consensus score lies from the one that Yuma consensus takes from the same votes, in points of 100: the stake-weighted median, which no minority can move.",
    formula: "mean |score − stake-weighted median of the votes| over decided submissions",
    absent: "nothing was decided",
  },
  lazyShare: {
    unit: "share",
    meaning:
      "Votes cast without looking, of all votes revealed: a coordinator's votes beyond the evaluations that it has paid for, of a whole ground truth or of a sample.",
    formula: "Σ max(0, votes − evaluations) over coordinators / votes",
    absent: "nobody voted",
  },
  missedTrapRate: {
    unit: "share",
    meaning: "Votes that approved a trap, of all votes on traps.",
    formula: "approving votes on traps / votes on traps",
    absent: "nobody voted on a trap",
  },
  undecidedRate: {
    unit: "share",
    meaning: "Revealed submissions on which no consensus was reached, of all but traps.",
    formula: "without consensus / revealed",
    absent: "no submission was revealed",
  },
  unfinishedTaskRate: {
    unit: "share",
    meaning: "Tasks that were not closed when the run ended, of all proposed.",
    formula: "not closed / proposed",
    absent: "no task was proposed",
  },
  revertRate: {
    unit: "share",
    meaning: "Transactions that reverted, of all included.",
    formula: "reverted / included",
    absent: "no transaction was included",
  },
  availability: {
    unit: "share",
    meaning:
      "Attempts to restore a registered model that succeeded, of all attempts: one a model and probe, from shards that providers really gave, each checked by hash and proof.",
    formula: "restored / attempts",
    beside: "of attempts to restore a model succeeded",
    absent: "nobody tried to restore a model",
  },
  reportedAvailability: {
    unit: "share",
    meaning: "Attempts at which the chain reported enough shards of the model, of all attempts.",
    formula: "reported / attempts",
    beside: "of attempts: the chain reported enough shards",
    absent: "nobody tried to restore a model",
  },
  overstatedAvailability: {
    unit: "share",
    meaning: "Attempts that failed although the chain reported enough shards of the model, of all attempts.",
    formula: "reported but not restored / attempts",
    beside: "of attempts failed although the chain reported enough shards",
    absent: "nobody tried to restore a model",
  },
  honestLoss: {
    unit: "ATN",
    meaning:
      "ATN that honest agents lose, per task: the losses of those who follow a strategy called honest and act for themselves; their gains are not set against them.",
    formula: "Σ max(0, −profit) over honest agents / tasks proposed (HL)",
    absent: "no task was proposed",
  },
  livenessLoss: {
    unit: "share",
    meaning:
      "Tasks that brought no decided result in time, of those that had the time: closed without any consensus on an ordinary submission, or not closed when all phases and 50 blocks more had passed.",
    formula: "without a decision in time / tasks that closed or were due (LL)",
    absent: "no task was due",
  },
  gini: {
    unit: "share",
    meaning:
      "How unequally rewards fall on proposers, solvers, coordinators and aggregators: 0 where all get the same, towards 1 where one gets everything. Rewards are what agents gained before the cost of their work; a loss counts as 0.",
    formula: "Σ |rewardᵢ − rewardⱼ| / (2 n Σ reward)",
    absent: "nobody was rewarded",
  },
  finalityHours: {
    unit: "hours",
    meaning: "Mean virtual time from a task's proposal to its closing.",
    formula: "mean over closed tasks of (closing − proposal)",
    absent: "no task was closed",
  },
  turnout: {
    unit: "share",
    meaning:
      "Votes cast on a proposal to the DAO, as a share of all ATN when it was made; mean over proposals whose votes are over.",
    formula: "mean of votes cast / supply",
    absent: "no votes on a proposal were over",
  },
  enactedShare: {
    unit: "share",
    meaning: "Proposals to the DAO whose call was executed, of all made.",
    formula: "executed / proposed",
    absent: "nobody proposed anything to the DAO",
  },
  scoreGap: {
    unit: "difference of shares",
    meaning:
      "How far the scorecard is from the truth: score of a capability when a round is published, against the accuracy of the model of the round before, which curators had evaluated; mean of the distances.",
    formula: "mean of |score − accuracy|",
    absent: "no capability was scored",
  },
  effortEntropy: {
    unit: "nats",
    meaning:
      "Diversity of effort: Shannon entropy of the capabilities' shares of a round's solutions, mean over rounds that had any. 0 = all work on one; the logarithm of their number = all alike.",
    formula: "mean over rounds of −Σ share · ln share",
    absent: NO_CAPABILITIES,
  },
  effortHerfindahl: {
    unit: "share",
    meaning:
      "Concentration of effort: Herfindahl index of the capabilities' shares of a round's solutions, mean over rounds that had any. 100 % = all work on one.",
    formula: "mean over rounds of Σ share²",
    absent: NO_CAPABILITIES,
  },
  effortOscillation: {
    unit: "share",
    meaning:
      "Share of all effort that went to another capability than in the round before, mean over rounds.",
    formula: "mean over rounds after the first of ½ Σ |share − share in the round before|",
    absent: NO_CAPABILITIES,
  },
  lowestCapability: {
    unit: "share",
    meaning: "Accuracy of the last published global model on the capability that it masters least.",
    formula: "least accuracy of a capability, choosing among its classes",
    beside: "accurate on the capability that is mastered least",
    absent: NO_CAPABILITIES,
  },
  capabilityGap: {
    unit: "difference of shares",
    meaning: "How unequally the last published global model masters its capabilities.",
    formula: "largest − least accuracy of a capability",
    absent: NO_CAPABILITIES,
  },
  paidMultiplier: {
    unit: "count",
    meaning: "Multiplier of rewards that solvers worked at: what capability pricing made of a reward of 1.",
    formula: "mean multiplier of the tasks that solutions were revealed for",
    absent: NO_CAPABILITIES,
  },
  slashedAtn: { unit: "ATN", meaning: "All that was slashed in the run.", formula: "Σ slashes" },
  traps: { unit: "count", meaning: "Effective traps that were opened.", formula: "number of traps" },
  rounds: {
    unit: "count",
    meaning: "Rounds whose global model was published.",
    formula: "number of the last published round",
  },
  transactions: {
    unit: "count",
    meaning: "Transactions included in the chain.",
    formula: "number of transactions",
  },
  revertedTransactions: {
    unit: "count",
    meaning: "Transactions that were included and reverted.",
    formula: "number of reverted transactions",
  },
  gasUsed: { unit: "gas", meaning: "Gas that all transactions used.", formula: "Σ gas of transactions" },
  violations: {
    unit: "count",
    meaning: "Violations of invariants, a hundred a run at most.",
    formula: "number of violations",
  },
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

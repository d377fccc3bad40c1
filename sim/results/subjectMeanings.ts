/** What the metrics of agents mean: those that take a strategy, group, owner or role. */
import type { MetricMeaning } from "./metricMeanings.ts"

const meanings = {
  profit: {
    unit: "ATN",
    meaning: "Mean profit of an agent: what it has more than before, less what its work and gas cost.",
    formula: "mean of (Δ balance + Δ stake + Δ claimable + Δ project tokens − costs)",
  },
  totalProfit: {
    unit: "ATN",
    meaning: "Profit of all these agents together.",
    formula: "Σ profit",
  },
  capital: {
    unit: "ATN",
    meaning:
      "What these parties had to lay out: the furthest that the liquid ATN of each fell below what it began with. A party is the agents of one owner together, or an agent that acts for itself.",
    formula: "Σ over parties of max over blocks of (ATN at the beginning − ATN now), at least 0",
  },
  roi: {
    unit: "share",
    meaning: "Return on investment of these parties: their profit as a share of their capital.",
    formula: "Σ profit of the parties / capital (ROI)",
    absent: "nothing was laid out",
  },
  roiPerDay: {
    unit: "share",
    meaning:
      "Return on investment a day, from the first outlay until all capital could be free again: stakes count until their lock-up ends.",
    formula: "roi / longest time of the parties from first outlay to freedom, in days",
    absent: "nothing was laid out",
  },
  slashed: { unit: "ATN", meaning: "Mean ATN that an agent lost by slashes.", formula: "mean of slashes" },
  computeCost: { unit: "ATN", meaning: "Mean cost of an agent's training.", formula: "mean of costs" },
  verificationCost: {
    unit: "ATN",
    meaning: "Mean cost of an agent's evaluations.",
    formula: "mean of costs",
  },
  storageCost: { unit: "ATN", meaning: "Mean cost of what an agent stores.", formula: "mean of costs" },
  gasCost: { unit: "ATN", meaning: "Mean cost of an agent's transactions.", formula: "mean of costs" },
  falseAccepts: {
    unit: "count",
    meaning: "Mean number of an agent's votes for bad submissions, traps left out.",
    formula: "mean of votes",
  },
  falseRejects: {
    unit: "count",
    meaning: "Mean number of an agent's votes against good submissions.",
    formula: "mean of votes",
  },
  missedTraps: {
    unit: "count",
    meaning: "Mean number of an agent's votes for traps.",
    formula: "mean of votes",
  },
  votes: { unit: "count", meaning: "Mean number of votes that an agent revealed.", formula: "mean of votes" },
  gini: {
    unit: "share",
    meaning:
      "How unequally rewards fall on these agents: 0 where all get the same, towards 1 where one gets everything.",
    formula: "Σ |rewardᵢ − rewardⱼ| / (2 n Σ reward)",
    absent: "nobody was rewarded",
  },
  falseAcceptRate: {
    unit: "share",
    meaning: "Votes of these agents for bad submissions, of all their votes on bad ones; traps left out.",
    formula: "approving votes on bad submissions / votes on bad submissions",
    absent: "they voted on no bad submission",
  },
  falseRejectRate: {
    unit: "share",
    meaning: "Votes of these agents against good submissions, of all their votes on good ones.",
    formula: "rejecting votes on good submissions / votes on good submissions",
    absent: "they voted on no good submission",
  },
  missedTrapRate: {
    unit: "share",
    meaning: "Votes of these agents for traps, of all their votes on traps.",
    formula: "approving votes on traps / votes on traps",
    absent: "they voted on no trap",
  },
} as const satisfies Record<string, MetricMeaning>

export type SubjectMetric = keyof typeof meanings

/** By name. */
export const subjectMeanings: ReadonlyMap<string, MetricMeaning> = new Map(Object.entries(meanings))

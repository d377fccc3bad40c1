/**
 * Runs that never happened: plausible results for testing reports, deterministic in their options.
 * Nothing outside the tests reads them, and no published figure shows them.
 */
import { createHash } from "node:crypto"
import seedrandom from "seedrandom"
import type {
  AgentResult,
  CapabilityResult,
  ProfitSample,
  RoundResult,
  RunResult,
  SubmissionResult,
  VoteResult,
} from "../../sim/results/runResult.ts"

interface Population {
  readonly strategy: string
  readonly count: number
}

const honest: readonly Population[] = [
  { strategy: "aggregator/honest", count: 1 },
  { strategy: "coordinator/honest", count: 5 },
  { strategy: "proposer/honest", count: 2 },
  { strategy: "solver/honest", count: 4 },
]

/** Replaces one agent of `from` by one of `to`. */
const replaceOne = (population: readonly Population[], from: string, to: string): readonly Population[] =>
  [
    ...population.map((group) => (group.strategy === from ? { ...group, count: group.count - 1 } : group)),
    { strategy: to, count: 1 },
  ].sort((a, b) => (a.strategy < b.strategy ? -1 : 1))

const populations: Readonly<Record<string, readonly Population[]>> = {
  base: honest,
  "lazy-coordinator": replaceOne(honest, "coordinator/honest", "coordinator/lazy"),
  "poisoning-solver": replaceOne(honest, "solver/honest", "solver/poisoner"),
}

export interface SyntheticOptions {
  readonly settings?: readonly string[]
  readonly seeds?: readonly number[]
  readonly rounds?: number
  /** Renames settings, strategies and agents, to try names that nobody expects. */
  readonly rename?: (name: string) => string
  /** What invariants found in a run; nothing unless given. */
  readonly violations?: (setting: string, seed: number) => RunResult["violations"]
}

const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex")

const wei = (atn: number): string =>
  BigInt(Math.round(atn * 1e9)).toString() + (Math.round(atn * 1e9) === 0 ? "" : "000000000")

const income: Readonly<Record<string, number>> = {
  "aggregator/honest": 20,
  "coordinator/honest": 3.1,
  "coordinator/lazy": 1.2,
  "proposer/honest": 19.2,
  "solver/honest": 8.6,
  "solver/poisoner": -6.4,
}

const ROUND_SECONDS = 6300
const HORIZON_ROUNDS = 10

/** Two capabilities: what is worked on grows cheaper and is mastered better, the other stays as it is. */
const capabilitiesOf = (round: number, rename: (name: string) => string): readonly CapabilityResult[] =>
  ["worked on", "left alone"].map((module, place) => ({
    round,
    module: rename(module),
    accuracy: place === 0 ? 0.9 - 0.5 / (round + 1) : 0.4,
    reportedScore: round === 0 ? null : 0.4,
    multiplier: round === 0 ? null : place === 0 ? 1 + 1 / round : 2,
    tasks: round === 0 ? 0 : 1,
    solutions: round === 0 || place === 1 ? 0 : 3,
  }))

const createRun = (
  setting: string,
  seed: number,
  rounds: number,
  rename: (name: string) => string,
): RunResult => {
  // One stream a seed for what settings share, one a setting for the rest: like common random numbers.
  const shared = seedrandom(`${seed}`)
  const own = seedrandom(`${setting}/${seed}`)
  const noise = () => 0.7 * (shared() + shared() - 1) + 0.3 * (own() + own() - 1)
  const population = populations[setting] ?? honest
  const members = population.flatMap(({ strategy, count }) =>
    Array.from({ length: count }, (_, index) => ({
      name: rename(`${strategy.replace("/", "-")}-${index + 1}`),
      strategy,
      role: strategy.split("/")[0] ?? "",
    })),
  )
  const coordinators = members.filter((member) => member.role === "coordinator")
  const solvers = members.filter((member) => member.role === "solver")
  const poisoned = setting === "poisoning-solver"

  const submissions: SubmissionResult[] = []
  const roundResults: RoundResult[] = []
  const profitOverTime: ProfitSample[] = []
  const profits = new Map<string, number>(members.map((member) => [member.name, 0]))
  const slashes = new Map<string, number>(members.map((member) => [member.name, 0]))
  let accuracy = 0.09 + 0.02 * own()
  roundResults.push({ round: 0, module: rename("digits"), timeSeconds: 0, accuracy, updates: 0 })
  for (let round = 1; round <= rounds; round += 1) {
    accuracy += (0.93 - accuracy) * (poisoned ? 0.3 : 0.38) * (1 + 0.3 * noise())
    const timeSeconds = round * ROUND_SECONDS * (1 + 0.01 * noise())
    roundResults.push({ round, module: rename("digits"), timeSeconds, accuracy, updates: solvers.length })
    solvers.forEach((solver, index) => {
      const truth = solver.strategy === "solver/honest"
      const votes: VoteResult[] = coordinators.map((coordinator) => {
        const correct = coordinator.strategy === "coordinator/lazy" ? true : truth !== own() < 0.02
        return {
          coordinator: coordinator.name,
          strategy: rename(coordinator.strategy),
          correct,
          score: correct ? 90 + Math.floor(own() * 10) : Math.floor(own() * 20),
          stake: wei(500),
          aligned: own() < 0.02 ? null : correct === truth,
        }
      })
      for (const vote of votes) {
        if (vote.aligned === false)
          slashes.set(vote.coordinator, (slashes.get(vote.coordinator) ?? 0) + 4 + own())
      }
      submissions.push({
        taskId: round * 2 + (index % 2),
        round,
        module: rename("digits"),
        solver: solver.name,
        strategy: rename(solver.strategy),
        trap: own() < 0.05,
        truth,
        nearThreshold: own() < 0.05,
        accuracy: truth ? accuracy : accuracy * 0.3,
        consensus: truth,
        score: truth ? 94 : 10,
        taskAccuracy: truth ? accuracy : accuracy * 0.3,
        votes,
      })
    })
    for (const { strategy } of population) {
      const group = members.filter((member) => member.strategy === strategy)
      for (const member of group) {
        const gain = ((income[strategy] ?? 0) * (1 + 0.35 * noise()) * HORIZON_ROUNDS) / 10
        profits.set(member.name, (profits.get(member.name) ?? 0) + gain)
      }
      const mean = (of: ReadonlyMap<string, number>) =>
        group.reduce((sum, member) => sum + (of.get(member.name) ?? 0), 0) / group.length
      profitOverTime.push({
        timeSeconds,
        strategy: rename(strategy),
        agents: group.length,
        meanProfit: wei(mean(profits) - mean(slashes)),
        meanSlashed: wei(mean(slashes)),
      })
    }
  }
  const agents: AgentResult[] = members.map((member) => {
    const slashed = slashes.get(member.name) ?? 0
    const profit = (profits.get(member.name) ?? 0) - slashed
    const compute = member.role === "solver" ? -1.6 : 0
    const verification = member.strategy === "coordinator/honest" ? -12.5 : 0
    const gas = -0.04
    const parts = { stake: -slashed, compute, verification, gas }
    const balance = profit + slashed - compute - verification - gas
    const votes = submissions
      .flatMap((submission) => submission.votes)
      .filter((vote) => vote.coordinator === member.name)
    return {
      name: member.name,
      role: rename(member.role),
      strategy: rename(member.strategy),
      accounts: [`0x${sha256Hex(member.name).slice(0, 40)}`],
      money: {
        balance: wei(balance),
        stake: wei(parts.stake),
        claimable: "0",
        projectTokens: "0",
        compute: wei(compute),
        verification: wei(verification),
        storage: "0",
        gas: wei(gas),
        profit: wei(profit),
      },
      slashed: wei(slashed),
      falseAccepts: member.strategy === "coordinator/lazy" ? 4 : 0,
      falseRejects: votes.filter((vote) => !vote.correct && vote.aligned === false).length,
      missedTraps: 0,
      votes: votes.length,
    }
  })
  const aligned = submissions
    .flatMap((submission) => submission.votes)
    .filter((vote) => vote.aligned === true).length
  const cast = submissions.flatMap((submission) => submission.votes).length
  return {
    version: 1,
    setting: setting === "base" ? setting : rename(setting),
    seed,
    digest: sha256Hex(`digest/${setting}/${seed}`),
    identity: sha256Hex(`identity/${setting}/${seed}`),
    virtualSeconds: rounds * ROUND_SECONDS + 600,
    blocks: rounds * 180,
    transactions: rounds * 95,
    revertedTransactions: Math.floor(own() * 3),
    gasUsed: String(rounds * 14_000_000),
    agents,
    parties: agents.map(({ name }) => ({ name, agents: [name], capital: "0", boundDays: 0 })),
    submissions,
    rounds: roundResults,
    capabilities: roundResults.flatMap(({ round }) => capabilitiesOf(round, rename)),
    profitOverTime,
    metrics: {
      finalAccuracy: accuracy,
      alignedVotes: cast === 0 ? null : aligned / cast,
      missedTrapRate: null,
    },
    proportions: { alignedVotes: { count: aligned, of: cast } },
    violations: [],
  }
}

/** Runs ordered by setting as given, then by seed as given. */
export const syntheticRuns = ({
  settings = ["base", "lazy-coordinator", "poisoning-solver"],
  seeds = [1, 2, 3, 4, 5, 6],
  rounds = 10,
  rename = (name) => name,
  violations = () => [],
}: SyntheticOptions = {}): readonly RunResult[] =>
  settings.flatMap((setting) =>
    seeds.map((seed) => ({
      ...createRun(setting, seed, rounds, rename),
      violations: violations(setting, seed),
    })),
  )

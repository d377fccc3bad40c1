/**
 * Benchmark of the surrogate on the first scenario: `npm run bench:surrogate [runs]`.
 *
 * Plays each seed with real training and with the surrogate, one after the other, so that a busy machine slows both.
 *
 * 1. CPU time of a run, medians, and their ratio: runs per second that the surrogate gains.
 * 2. Whether both come to the same: accuracy by round, votes on the same submissions, profits by strategy.
 */
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { defaultEngine } from "../../chain/engine/engines.ts"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { formatDecimal } from "../../sim/results/format.ts"
import { mean, meanBounds } from "../../sim/results/interval.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { prepare } from "../../sim/run/prepare.ts"
import { runScenario } from "../../sim/run/runScenario.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import type { Scenario } from "../../sim/scenario/scenario.ts"

const file = fileURLToPath(new URL("../../scenarios/first-run.yaml", import.meta.url))
const registries = { strategies, parameters: contractParameters }
const noHeartbeat = {
  agentAdded: () => {},
  beforeResume: () => {},
  afterResume: () => {},
  foreignStart: () => {},
  foreignEnd: () => {},
}

const load = async (ml: Scenario["ml"]): Promise<Scenario> => {
  const { base } = await Effect.runPromise(loadScenario(file, { registries, set: [`ml=${ml}`] }))
  return base
}

const scenarios = { real: await load("real"), surrogate: await load("surrogate") }
const { artifacts } = await prepare({
  cacheDirectory: undefined,
  scenarios: Object.values(scenarios),
  engines: [defaultEngine],
})

const play = async (ml: Scenario["ml"], seed: number): Promise<readonly [RunResult, number]> => {
  const start = process.threadCpuUsage()
  const result = await runScenario({
    scenario: scenarios[ml],
    setting: "base",
    seed,
    identity: "",
    artifacts,
    cache: undefined,
    engine: defaultEngine,
    heartbeat: noHeartbeat,
    onProgress: () => {},
    traceSink: undefined,
  })
  const { user, system } = process.threadCpuUsage(start)
  return [result, (user + system) / 1e6]
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const withInterval = (values: readonly number[], decimals: number): string => {
  const { lower, upper } = meanBounds(values, 0.025)
  return `${formatDecimal(mean(values), decimals)} [${formatDecimal(lower, decimals)}, ${formatDecimal(upper, decimals)}]`
}

const profitOf = ({ agents }: RunResult, strategy: string): number =>
  mean(agents.filter((agent) => agent.strategy === strategy).map(({ money }) => Number(money.profit) / 1e18))

const runs = Number(process.argv[2] ?? 8)
// The first pair warms up.
await play("real", 1_000)
await play("surrogate", 1_000)
const pairs: { real: RunResult; surrogate: RunResult; realSeconds: number; surrogateSeconds: number }[] = []
for (let seed = 1; seed <= runs; seed++) {
  const [real, realSeconds] = await play("real", seed)
  const [surrogate, surrogateSeconds] = await play("surrogate", seed)
  pairs.push({ real, surrogate, realSeconds, surrogateSeconds })
  console.log(
    `seed ${seed}: ${formatDecimal(realSeconds, 2)} s real, ${formatDecimal(surrogateSeconds, 2)} s surrogate`,
  )
}

const [realMedian, surrogateMedian] = [
  median(pairs.map(({ realSeconds }) => realSeconds)),
  median(pairs.map(({ surrogateSeconds }) => surrogateSeconds)),
]
console.log(
  `\nCPU time of a run, median of ${runs}: ${formatDecimal(realMedian, 2)} s real, ${formatDecimal(surrogateMedian, 2)} s surrogate; ` +
    `${formatDecimal(1 / realMedian, 2)} and ${formatDecimal(1 / surrogateMedian, 2)} runs a second, a factor of ${formatDecimal(realMedian / surrogateMedian, 1)}`,
)

const last = ({ rounds }: RunResult): number => 100 * (rounds.at(-1)?.accuracy ?? NaN)
console.log("\nOn the same seeds, surrogate − real, mean and 95 % interval")
const difference = (name: string, of: (run: RunResult) => number, decimals = 1): void =>
  console.log(
    `${name.padEnd(40)} ${withInterval(
      pairs.map(({ real }) => of(real)),
      decimals,
    ).padStart(24)} real  ` +
      `${withInterval(
        pairs.map(({ surrogate, real }) => of(surrogate) - of(real)),
        decimals,
      ).padStart(24)} difference`,
  )
difference("accuracy after the last round, points", last)
for (const strategy of [
  "coordinator/honest",
  "coordinator/lazy",
  "solver/honest",
  "solver/poisoner",
  "keeper/honest",
]) {
  difference(`profit of ${strategy}, ATN`, (run) => profitOf(run, strategy))
}
const byRound = pairs.map(({ real, surrogate }) =>
  mean(
    surrogate.rounds
      .slice(1)
      .map(({ accuracy }, i) => 100 * Math.abs(accuracy - real.rounds[i + 1]!.accuracy)),
  ),
)
console.log(`mean |difference| of accuracy by round, points: ${withInterval(byRound, 1)}`)

let [same, compared, trapsSame, traps] = [0, 0, 0, 0]
for (const { real, surrogate } of pairs) {
  const verdicts = new Map(real.submissions.map((each) => [`${each.taskId}/${each.solver}`, each]))
  for (const submission of surrogate.submissions) {
    const other = verdicts.get(`${submission.taskId}/${submission.solver}`)
    if (other === undefined) continue
    compared++
    if (other.consensus === submission.consensus) same++
    if (!other.trap || !submission.trap) continue
    traps++
    if (other.consensus === submission.consensus) trapsSame++
  }
}
console.log(`verdicts of panels: ${same} of ${compared} the same; of traps, ${trapsSame} of ${traps}`)

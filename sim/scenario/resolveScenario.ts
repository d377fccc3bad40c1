/** From a decoded scenario file to the `Scenario` that the world is built from. */
import { atnToWeiUnsafe as wei } from "./amount.ts"
import { contractChoice } from "./contractsField.ts"
import { parameterValue } from "./parameterValue.ts"
import type { ParameterEntry } from "./registries.ts"
import { parameterName } from "./registries.ts"
import type { PopulationMember, Scenario, StrategyFile } from "./scenario.ts"
import { mostReplicates } from "./replicatesField.ts"
import type { ScenarioFile } from "./schema.ts"
import { tasksPerRound } from "./tasksPerRound.ts"

const GAS_PER_PRICE_UNIT = 1_000_000n

/** `options[i]` are the decoded options of population entry i; `strategyFiles` may hold more than it names. */
export function resolveScenario(
  file: ScenarioFile,
  options: readonly Readonly<Record<string, unknown>>[],
  parameters: readonly ParameterEntry[],
  strategyFiles: readonly StrategyFile[] = [],
): Scenario {
  const { money, costs, tasks, learning } = file
  return {
    version: 1,
    name: file.name,
    title: file.title,
    description: file.description,
    seed: file.seed,
    replicates: mostReplicates(file.replicates),
    rounds: file.rounds,
    limitSeconds: (file.limitHours ?? defaultLimitHours(file)) * 3600,
    settleAt: file.settleAt,
    money: {
      supplyWei: wei(money.supplyAtn),
      treasuryShareBps: money.treasuryShareBps,
      projectFundingWei: wei(money.projectFundingAtn),
      projectTokenPriceWei: wei(money.projectTokenPriceAtn),
      inferencePriceWei: wei(money.inferencePriceAtn),
      jackpotPoolWei: wei(money.jackpotPoolAtn),
      participantStakeMultiple: money.participantStakeMultiple,
    },
    costs: {
      trainingWeiPerSample: wei(costs.trainingAtnPerSample),
      verificationWeiPerEvaluation: wei(costs.verificationAtnPerEvaluation),
      storageWeiPerMibDay: wei(costs.storageAtnPerMibDay),
      gasWeiPerGas: wei(costs.gasAtnPerMillionGas) / GAS_PER_PRICE_UNIT,
    },
    chain: { ...file.chain },
    network: { ...file.network },
    ml: file.ml,
    learning: {
      ...learning,
      // Nobody's shard is larger: who claims more boasts.
      aggregation: { maxSamples: learning.samplesPerSolver, ...learning.aggregation },
    },
    tasks: {
      perRound: tasksPerRound(file),
      solversPerTask: tasks.solversPerTask,
      invite: tasks.invite,
      startBlock: tasks.startBlock,
      solverRewardWei: wei(tasks.solverRewardAtn),
      learnabilityRewardWei: wei(tasks.learnabilityRewardAtn),
    },
    storage: { ...file.storage },
    population: file.population.map((entry, index) => member(entry, options[index] ?? {})),
    ...(strategyFiles.length === 0 ? {} : { strategyFiles: filesOf(file, strategyFiles) }),
    contracts: contractChoice(file.contracts),
    parameters: parameterValues(file.parameters, parameters),
  }
}

const filesOf = ({ population }: ScenarioFile, files: readonly StrategyFile[]): readonly StrategyFile[] =>
  files.filter(({ strategy }) => population.some((entry) => entry.strategy === strategy))

/** Generous: a round of the default windows (625 blocks) takes little more than two hours. */
function defaultLimitHours(file: ScenarioFile): number {
  return ((12 + 6 * file.rounds) * file.chain.blockSeconds) / 12
}

function member(
  entry: ScenarioFile["population"][number],
  options: Readonly<Record<string, unknown>>,
): PopulationMember {
  const slash = entry.strategy.indexOf("/")
  return {
    role: slash < 0 ? entry.strategy : entry.strategy.slice(0, slash),
    strategy: entry.strategy,
    count: entry.count,
    group: entry.group,
    owner: entry.owner,
    stakeWei: entry.stakeAtn === undefined ? undefined : wei(entry.stakeAtn),
    capitalWei: entry.capitalAtn === undefined ? undefined : wei(entry.capitalAtn),
    options,
    speed: { ...entry.speed },
  }
}

function parameterValues(
  written: ScenarioFile["parameters"],
  known: readonly ParameterEntry[],
): Readonly<Record<string, bigint>> {
  const units = new Map(known.map((entry) => [parameterName(entry), entry.unit]))
  const values: Record<string, bigint> = {}
  for (const name of Object.keys(written).sort()) {
    const value = parameterValue(written[name], units.get(name) ?? "count")
    if (typeof value !== "bigint") throw new RangeError(`not a value of ${name}: ${value}`)
    values[name] = value
  }
  return values
}

/** What an experiment does not show, as far as its manifest and results say it themselves. */
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { formatCount, formatDecimal, formatInteger, formatChosen } from "../../sim/results/format.ts"
import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import { contractLimitations, differsFromDefault, parameterUses } from "./contractSets.ts"
import { listing } from "../../sim/results/sentence.ts"

const FEW_REPLICATES = 10

/** The value at a path of JSON data, or undefined where the path leads nowhere. */
export const valueAt = (data: unknown, ...path: readonly string[]): unknown => {
  let value = data
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

const numberAt = (data: unknown, ...path: readonly string[]): number | null => {
  const value = valueAt(data, ...path)
  return typeof value === "number" ? value : null
}

const MILLION = 1_000_000

/** Prices may be tiny. */
const price = (atn: number): string =>
  atn !== 0 && Math.abs(atn) < 1e-4 ? String(atn).replace("e-", " × 10^\u2212") : formatChosen(atn)

/** The price of so many units, from wei at a path; null where there is none. */
const atnAt = (data: unknown, units: number, ...path: readonly string[]): string | null => {
  const value = valueAt(data, ...path)
  return typeof value === "string" && /^-?\d+$/.test(value) ? `${price(weiToAtn(value) * units)} ATN` : null
}

const network = (scenario: unknown): string => {
  const median = numberAt(scenario, "network", "medianLatencySeconds")
  const block = numberAt(scenario, "chain", "blockSeconds")
  return (
    "The network is modelled: message delays are log-normal" +
    (median === null ? "" : ` with a median of ${formatChosen(median)} s`) +
    ", nothing is lost, nobody is cut off" +
    (block === null ? "." : `; a block comes every ${formatChosen(block)} s.`)
  )
}

const costs = (scenario: unknown): string => {
  const prices = [
    [atnAt(scenario, 1, "costs", "trainingWeiPerSample"), "a training sample and epoch"],
    [atnAt(scenario, 1, "costs", "verificationWeiPerEvaluation"), "a full evaluation"],
    [atnAt(scenario, 1, "costs", "storageWeiPerMibDay"), "a MiB and day of storage"],
    [atnAt(scenario, MILLION, "costs", "gasWeiPerGas"), "a million gas"],
  ].flatMap(([price, unit]) => (price === null ? [] : [`${price} for ${unit}`]))
  const token = atnAt(scenario, 1, "money", "projectTokenPriceWei")
  return (
    "Costs are prices that the scenario states, not measured ones" +
    (prices.length === 0 ? "" : `: ${listing(prices)}`) +
    "." +
    (token === null ? "" : ` Project tokens count at ${token}, whatever a market would pay.`)
  )
}

const strategies = (result: ExperimentResult): string => {
  const names = new Set(result.settings.flatMap((setting) => setting.strategies.map((row) => row.strategy)))
  return (
    `Only the strategies that took part were tried: ${listing([...names].sort())}. ` +
    "No search for better ones was made: that honest behaviour pays against these does not mean that it pays against all."
  )
}

const learning = (scenario: unknown): string | null => {
  const dataset = valueAt(scenario, "learning", "dataset")
  const samples = numberAt(scenario, "learning", "samplesPerSolver")
  const partition = valueAt(scenario, "learning", "partition", "kind")
  if (typeof dataset !== "string") return null
  if (valueAt(scenario, "ml") === "surrogate") {
    return (
      `Nothing was trained: accuracies come from a model of learning curves on ${dataset}, with the errors stated at the top. ` +
      "Votes that hang on a few points of accuracy, or on which examples are answered right, may come out otherwise with real training; repeat the runs that matter with ml: real."
    )
  }
  return (
    `Training is real, and small: one data set (${dataset})` +
    (samples === null ? "" : `, ${formatInteger(samples)} samples a solver`) +
    (typeof partition === "string" ? `, split ${partition}` : "") +
    ". Larger models may reward laziness or poisoning differently."
  )
}

const replicates = (result: ExperimentResult): string => {
  const counts = result.settings.map((setting) => setting.runs.length)
  const least = Math.min(...counts)
  const percent = formatDecimal(result.intervalConfidence * 100, 0)
  if (least < 2) {
    return "A setting has a single run: nothing is known of the spread between runs, and no interval can be given."
  }
  const few = `${formatCount(least, "replicate")} a setting`
  return (
    (least < FEW_REPLICATES
      ? `${few[0]?.toUpperCase()}${few.slice(1)} are few: small effects stay undecided, and Student's t assumes that means over runs are close to normal. `
      : `${few[0]?.toUpperCase()}${few.slice(1)}: effects smaller than the intervals stay undecided. `) +
    `Each interval misses with probability ${formatDecimal(100 - result.intervalConfidence * 100, 0)} % on its own; among many at ${percent} %, some do. They are not adjusted for being many. Intervals of counts, amounts and shares end where the possible ends: at zero, and shares at 100 %.`
  )
}

const parameters = ({ manifest }: ExperimentResult): string => {
  const names = parameterUses(manifest)
    .filter(differsFromDefault)
    .map(({ record }) => record.name)
  return names.length === 0
    ? "All contract parameters that can be told stand at their defaults. Under others the answer may differ."
    : `${names.length === 1 ? "One contract parameter is" : `${names.length} contract parameters are`} not at the default in some setting (${listing(names)}); all others are. Under other values the answer may differ.`
}

/** One statement each, in the order of how much they limit the conclusion. */
export const limitations = (result: ExperimentResult): readonly string[] => {
  const scenario = result.manifest.inputs.settings[0]?.scenario
  const hours = numberAt(scenario, "limitSeconds")
  const rounds = numberAt(scenario, "rounds")
  return [
    strategies(result),
    costs(scenario),
    network(scenario),
    replicates(result),
    ...[learning(scenario)].filter((statement) => statement !== null),
    ...contractLimitations(result),
    parameters(result),
    ...(rounds === null
      ? []
      : [
          `The run is short: ${formatCount(rounds, "round")}${hours === null ? "" : `, at most ${formatChosen(hours / 3600)} hours of virtual time`}. What builds up more slowly, such as bonds, reputations or collusion, is not seen.`,
        ]),
  ]
}

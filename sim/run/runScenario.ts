/** One run: one scenario with one seed, from an empty chain to its result and digest. */
import { Duration, Effect } from "effect"
import { Chain } from "../../chain/chain.ts"
import { contractsKey } from "../../chain/contractSet/contractSet.ts"
import { engineFactory, type CreateEngine } from "../../chain/engine/engines.ts"
import { loadDataset } from "../../ml/datasets/registry.ts"
import { Learning } from "../../ml/learning.ts"
import type { RunInput } from "../experiment/runModule.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { createKernel } from "../kernel/createKernel.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { secondsToMicros } from "../kernel/time.ts"
import { createTrace } from "../kernel/trace.ts"
import { taskBlocks } from "../mechanisms/taskCycle.ts"
import { leavingNothing } from "../outside/leavingNothing.ts"
import type { RunResult } from "../results/runResult.ts"
import type { FinalSettlement } from "../world/observer.ts"
import type { ContractSets } from "./contractSets.ts"
import { learningOf } from "./learningOf.ts"
import { measure } from "../world/runMetrics.ts"
import { agentResult, compare, ownersOf, submissionResults, taskOutcome } from "../world/runResults.ts"
import { institutions } from "../world/institutions.ts"
import { runNames } from "../story/runNames.ts"
import { createWorld, type World } from "../world/world.ts"

/**
 * Plays the run to its end in virtual time. Rejects with a `RunError` of the kernel (an agent failed, loops, left
 * fibers behind), `GenesisFailed`, `SupplyTooSmall`, `UnknownEngine` or `StateLeftBehind`; then there is no result and no digest.
 */
export const runScenario = async (input: RunInput<ContractSets>): Promise<RunResult> =>
  runScenarioOn(engineFactory(input.engine), input)

/** The same on engines of the caller's; those of one function share the deployment of contracts. */
export const runScenarioOn = (
  createEngine: CreateEngine,
  input: RunInput<ContractSets>,
): Promise<RunResult> => leavingNothing(input.scenario, () => playOn(createEngine, input))

const playOn = async (createEngine: CreateEngine, input: RunInput<ContractSets>): Promise<RunResult> => {
  const { scenario, heartbeat, traceSink } = input
  const seed = String(input.seed)
  const kernel = createKernel({
    seed,
    horizonMicros: secondsToMicros(scenario.limitSeconds),
    heartbeat,
    trapsPromises: scenario.strategyFiles !== undefined,
    trace: createTrace({ eventLimit: 0, ...(traceSink === undefined ? {} : { sink: traceSink }) }),
  })
  const dataset = loadDataset(scenario.learning.dataset)
  const world = await createWorld({
    scenario,
    seed,
    kernel,
    createEngine,
    contractSet: contractsOf(input),
    dataset,
    learning: await Effect.runPromise(Effect.provide(Learning, learningOf(scenario, dataset, input.cache))),
    onBlock: progressOf(input),
  })
  input.onNames?.(runNames({ cast: world.cast, contracts: world.contracts, institutions }))
  return resultOf(input, world, await play(kernel, world, scenario.limitSeconds))
}

const contractsOf = ({ artifacts, scenario }: RunInput<ContractSets>) => {
  const key = contractsKey(scenario.contracts)
  const set = artifacts[key]
  if (set === undefined) throw new Error(`the contracts ${key} were not prepared`)
  return set
}

/** Blocks come before what agents do at the same instant. */
const CHAIN_PRIORITY = -1
/** The last look comes after everything else that is due at the end. */
const LAST_PRIORITY = 127

interface Played {
  /** Of the trace, the order of events, and the state of all random streams. */
  readonly traceDigest: string
  readonly settlement: FinalSettlement
}

const play = async (kernel: Kernel, world: World, limitSeconds: number): Promise<Played> => {
  const { chain, observer, availability, programs } = world
  let settlement: FinalSettlement | undefined
  const watch = Effect.gen(function* () {
    yield* observer.begin
    yield* Effect.sleep(Duration.seconds(limitSeconds))
    settlement = yield* observer.settle
    yield* observer.lookAhead
  })
  kernel.spawn("observer", watch, { priority: LAST_PRIORITY })
  kernel.spawn("chain", chain.produceBlocks, { priority: CHAIN_PRIORITY })
  for (const { name, run } of programs) kernel.spawn(name, run)
  const probes = Effect.provideService(availability.watch, Chain, chain.chain)
  kernel.spawn("availability", probes, { priority: LAST_PRIORITY })
  const { digest } = await kernel.run()
  if (settlement === undefined) throw new Error("the run ended without its last look")
  return { traceDigest: digest, settlement }
}

const resultOf = (input: RunInput<ContractSets>, world: World, played: Played): RunResult => {
  const { cast, observer } = world
  const { chronicle, counts, rounds, violations } = observer
  const { money, timeSeconds } = played.settlement
  const submissions = submissionResults(chronicle.tasks.values(), ownersOf(cast))
  const agents = cast
    .map((member) => {
      const own = money.get(member.name)
      if (own === undefined) throw new Error(`nobody took stock of ${member.name}`)
      const evaluations = world.costs.evaluationsOf(member.name)
      return agentResult({ member, money: own, slashed: chronicle.slashed, submissions, evaluations })
    })
    .sort((a, b) => compare(a.name, b.name))
  const outcome = {
    agents,
    submissions,
    rounds,
    tasks: [...chronicle.tasks.values()].map(taskOutcome),
    dueSeconds: dueSecondsOf(input.scenario),
    endSeconds: timeSeconds,
    transactions: counts.transactions,
    revertedTransactions: counts.reverted,
    availability: world.availability.counts,
    proposals: [...observer.ballotBox.proposals.values()],
    capabilities: observer.capabilities ?? [],
  }
  const final = {
    version: 1 as const,
    virtualSeconds: timeSeconds,
    blocks: counts.blocks,
    transactions: counts.transactions,
    revertedTransactions: counts.reverted,
    gasUsed: String(counts.gasUsed),
    agents,
    parties: played.settlement.parties,
    submissions,
    rounds,
    ...(observer.capabilities === undefined ? {} : { capabilities: observer.capabilities }),
    profitOverTime: observer.profitOverTime,
    ...measure(outcome),
    violations,
  }
  const digest = sha256Hex(canonicalJson({ trace: played.traceDigest, final }))
  return { ...final, setting: input.setting, seed: input.seed, identity: input.identity, digest }
}

/** How long after its proposal a task ought to be decided: all of its phases, and some blocks to see it through. */
const dueSecondsOf = ({ parameters, chain }: RunInput<ContractSets>["scenario"]): number =>
  (Number(taskBlocks(parameters)) + SLACK_BLOCKS) * chain.blockSeconds

const SLACK_BLOCKS = 50

/** Share of the run that is done: published rounds, and blocks of the one that is under way. */
const progressOf = ({ scenario, onProgress }: RunInput<ContractSets>) => {
  const blocksPerRound = Number(taskBlocks(scenario.parameters))
  let roundBegan = 0n
  let lastRound = 0
  return (round: number, block: bigint): void => {
    if (round > lastRound) roundBegan = block
    lastRound = round
    const ofRound = Math.min(1, Number(block - roundBegan) / blocksPerRound)
    onProgress(Math.min(1, (round + (round < scenario.rounds ? ofRound : 0)) / scenario.rounds))
  }
}

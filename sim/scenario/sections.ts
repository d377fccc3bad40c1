/** The sections of a scenario file that describe the world: money, costs, chain, network, tasks. */
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

export const Tasks = Schema.Struct({
  perRound: Schema.optionalKey(
    integer(
      { min: 1, max: 1000 },
      {
        title: "Tasks per round",
        description: "Tasks proposed in one training round. Default: 2, or what clientFraction asks for.",
      },
    ),
  ),
  clientFraction: Schema.optionalKey(
    decimal(
      { min: 0, max: 1, aboveMin: true },
      {
        title: "Client fraction",
        description:
          "Share of the solvers that one round invites, in place of perRound: rounded up to whole tasks of solversPerTask solvers.",
      },
    ),
  ),
  solversPerTask: integer(
    { min: 1, max: 1000 },
    { title: "Solvers per task", description: "Solvers that work on one task.", default: 3 },
  ).pipe(orElse(3)),
  invite: Schema.Literals(["turn", "all"])
    .annotate({
      ...about({
        title: "Who is invited",
        description:
          "Solvers in turn, solversPerTask a task; or all of them to every task, of which TaskContract.maxSolvers find a place: then each chooses what to work on.",
      }),
      default: "turn",
      expected: "turn or all",
    })
    .pipe(orElse("turn")),
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

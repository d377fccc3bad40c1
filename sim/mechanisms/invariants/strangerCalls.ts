/** What anybody may call to bring open matters to their end, once nobody else does. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { aggregationDisputesAbi } from "../../../chain/abi/aggregationDisputes.ts"
import type { constitutionAbi } from "../../../chain/abi/constitution.ts"
import type { forcedErrorRegistryAbi } from "../../../chain/abi/forcedErrorRegistry.ts"
import type { participantStakingAbi } from "../../../chain/abi/participantStaking.ts"
import type { resultsRewardsAbi } from "../../../chain/abi/resultsRewards.ts"
import type { taskContractAbi } from "../../../chain/abi/taskContract.ts"
import type { Chain } from "../../../chain/chain.ts"
import type { Contract, WriteError } from "../../../chain/contractTypes.ts"
import type { wholeProjectAbi } from "../../../chain/suite.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import type { Wallet } from "../../../chain/wallet.ts"

/** The contracts in which something can be left open. */
export interface SettlingContracts {
  readonly staking: Contract<typeof participantStakingAbi>
  readonly project: Contract<typeof wholeProjectAbi>
  readonly tasks: Contract<typeof taskContractAbi>
  readonly results: Contract<typeof resultsRewardsAbi>
  readonly forcedErrors: Contract<typeof forcedErrorRegistryAbi>
  /** Absent where the set has no disputes about what aggregators publish. */
  readonly disputes?: Contract<typeof aggregationDisputesAbi> | undefined
  /** Absent where the set has no juries. */
  readonly constitution?: Contract<typeof constitutionAbi> | undefined
}

/** What was ever begun, as events told. */
export interface Begun {
  /** Solvers by task. */
  readonly tasks: ReadonlyMap<bigint, ReadonlySet<Address>>
  /** Tasks for which a forced error was committed or injected, proposed or not. */
  readonly traps: ReadonlySet<bigint>
  readonly participants: ReadonlySet<Address>
  /** Project and round of what aggregators published, by either name. */
  readonly publications: ReadonlyMap<string, readonly [projectId: bigint, round: bigint]>
  /** Juries about amendments. */
  readonly juries: ReadonlySet<bigint>
}

/** One call; `about` says which open matter it is meant to end. */
export interface StrangerCall {
  readonly about: string
  readonly send: Effect.Effect<Receipt, WriteError, Chain | Wallet>
}

/** What a stranger can still do before the deadlines; none of it may make anything worse. */
export const callsBeforeDeadlines = (contracts: SettlingContracts, begun: Begun): readonly StrangerCall[] => [
  ...[...begun.tasks.keys()].map((taskId) => ({
    about: aboutTask(taskId),
    send: contracts.results.write.drawPanel([taskId]),
  })),
  ...aboutPublications(contracts, begun, "drawPanel"),
  ...aboutJuries(contracts, begun, "drawJury"),
]

/** What ends matters once their deadlines are past. */
export const callsAfterDeadlines = (contracts: SettlingContracts, begun: Begun): readonly StrangerCall[] => {
  const { results, forcedErrors } = contracts
  const votes = [...begun.tasks].flatMap(([taskId, solvers]) =>
    [...solvers].map((solver) => ({
      about: aboutTask(taskId),
      send: results.write.finalizeVoting([taskId, solver]),
    })),
  )
  const tasks = [...begun.tasks.keys()].map((taskId) => ({
    about: aboutTask(taskId),
    send: results.write.closeTask([taskId]),
  }))
  const traps = [...begun.traps].map((taskId) => ({
    about: aboutTrap(taskId),
    send: forcedErrors.write.expireForcedError([taskId]),
  }))
  return [
    ...votes,
    ...tasks,
    ...traps,
    ...aboutPublications(contracts, begun, "closeDispute"),
    ...aboutPublications(contracts, begun, "releaseAggregator"),
    ...aboutJuries(contracts, begun, "closeJury"),
  ]
}

const aboutJuries = (
  { constitution }: SettlingContracts,
  { juries }: Begun,
  call: "drawJury" | "closeJury",
): readonly StrangerCall[] =>
  constitution === undefined
    ? []
    : [...juries].map((juryId) => ({ about: `jury ${juryId}`, send: constitution.write[call]([juryId]) }))

const aboutPublications = (
  { disputes }: SettlingContracts,
  { publications }: Begun,
  call: "drawPanel" | "closeDispute" | "releaseAggregator",
): readonly StrangerCall[] =>
  disputes === undefined
    ? []
    : [...publications].map(([about, round]) => ({ about, send: disputes.write[call](round) }))

export const aboutTask = (taskId: bigint): string => `task ${taskId}`
export const aboutTrap = (taskId: bigint): string => `the forced error of task ${taskId}`

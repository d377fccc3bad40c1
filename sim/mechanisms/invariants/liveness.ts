/**
 * Nobody's silence locks another's money: if all agents fell silent, the deadlines passed and one stranger called
 * what anybody may call, every task would be final and every reserve released.
 */
import { Effect } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { ContractReadError, TransactionReverted } from "../../../chain/errors.ts"
import type { WriteError } from "../../../chain/contractTypes.ts"
import type { ChainLog } from "../../../chain/transaction.ts"
import { Wallet, addressFromName } from "../../../chain/wallet.ts"
import { taskStatus } from "../taskStatus.ts"
import type { Law } from "./law.ts"
import {
  type Begun,
  type SettlingContracts,
  type StrangerCall,
  aboutTask,
  callsAfterDeadlines,
  callsBeforeDeadlines,
} from "./strangerCalls.ts"

export interface Liveness extends Law {
  /** Learns what is begun from the logs of a block, or of many; called in their order. */
  readonly observe: (logs: readonly ChainLog[]) => void
  /** Plays the silence out and says what hangs after it. Run it on a fork: it changes the world. */
  readonly hanging: Effect.Effect<readonly string[], LivenessFailure, Chain>
}

/** That a call reverts is no failure; that it cannot be sent or the contracts cannot be read is one. */
export type LivenessFailure = ContractReadError | Exclude<WriteError, TransactionReverted>

const stranger = addressFromName("stranger")
/** Settling one matter may open another's deadline; a chain of them ends soon, or it does not end. */
const MOST_PASSES = 8

export const livenessOf = (contracts: SettlingContracts): Liveness => {
  const tasks = new Map<bigint, Set<Address>>()
  const traps = new Set<bigint>()
  const participants = new Set<Address>()
  const publications = new Map<string, readonly [bigint, bigint]>()
  const juries = new Set<bigint>()
  const begun: Begun = { tasks, traps, participants, publications, juries }

  const observe = (logs: readonly ChainLog[]): void => {
    const { TaskProposed, SolutionCommitted } = contracts.tasks.events
    const { ForcedErrorCommitted, ForcedErrorInjected } = contracts.forcedErrors.events
    for (const { args } of TaskProposed.findAll(logs)) tasks.set(args.taskId, new Set())
    for (const { args } of SolutionCommitted.findAll(logs)) tasks.get(args.taskId)?.add(args.solver)
    for (const { args } of ForcedErrorCommitted.findAll(logs)) traps.add(args.taskId)
    for (const { args } of ForcedErrorInjected.findAll(logs)) traps.add(args.taskId)
    for (const { args } of contracts.disputes?.events.PublicationRecorded.findAll(logs) ?? []) {
      const { projectId, round } = args
      publications.set(`round ${round} of project ${projectId}`, [projectId, round])
    }
    for (const { args } of contracts.constitution?.events.JuryOpened.findAll(logs) ?? []) {
      juries.add(args.juryId)
    }
    for (const { args } of contracts.staking.events.Staked.findAll(logs)) participants.add(args.participant)
  }

  const hanging = Effect.gen(function* () {
    const chain = yield* Chain
    yield* attempt(callsBeforeDeadlines(contracts, begun))
    let reverts: ReadonlyMap<string, string> = new Map()
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      yield* chain.awaitBlock((yield* lastDeadline(contracts, begun)) + 1n)
      const attempted = yield* attempt(callsAfterDeadlines(contracts, begun))
      reverts = attempted.reverts
      if (attempted.succeeded === 0) break
    }
    return [...(yield* openTasks(contracts, begun, reverts)), ...(yield* openReserves(contracts, begun))]
  }).pipe(Effect.provideService(Wallet, { address: stranger }))

  return {
    name: "liveness",
    statement:
      "After any past, with all agents silent, a stranger's calls make every task final and release every reserve.",
    needs: [
      "ResultsRewards.closeTask",
      "ResultsRewards.drawPanel",
      "TaskContract.scheduleOf",
      "TaskContract.termsOf",
      "ForcedErrorRegistry.expireForcedError",
      "ForcedErrorRegistry.reservedJackpots",
      "ForcedErrorRegistry.keeperBonds",
      "Project.ledgerOf",
      "ParticipantStaking.openDuties",
    ],
    observe,
    hanging,
  }
}

interface Attempted {
  readonly succeeded: number
  /** Why calls reverted, the last reason by open matter. */
  readonly reverts: ReadonlyMap<string, string>
}

const attempt = Effect.fnUntraced(function* (calls: readonly StrangerCall[]) {
  let succeeded = 0
  const reverts = new Map<string, string>()
  for (const { about, send } of calls) {
    const revert = yield* Effect.map(send, () => undefined).pipe(
      Effect.catchTag("TransactionReverted", (error) =>
        Effect.succeed(`${error.function} reverts with ${error.reason}`),
      ),
    )
    if (revert === undefined) succeeded += 1
    else reverts.set(about, revert)
  }
  return { succeeded, reverts } satisfies Attempted
})

/** The last block in which anything that was begun still waits for somebody. */
const lastDeadline = Effect.fnUntraced(function* (contracts: SettlingContracts, begun: Begun) {
  const { tasks, forcedErrors, disputes, constitution } = contracts
  const chain = yield* Chain
  let last = yield* chain.blockNumber
  for (const taskId of begun.tasks.keys()) {
    const { openingEnd } = yield* tasks.read.scheduleOf([taskId])
    const { suspendedUntil } = yield* tasks.read.termsOf([taskId])
    for (const end of [BigInt(openingEnd), suspendedUntil]) if (end > last) last = end
  }
  for (const taskId of begun.traps) {
    const { expirationBlock } = yield* forcedErrors.read.getForcedError([taskId])
    if (expirationBlock > last) last = expirationBlock
  }
  if (constitution !== undefined)
    for (const juryId of begun.juries) {
      const { revealEnd } = yield* constitution.read.juryOf([juryId])
      if (BigInt(revealEnd) > last) last = BigInt(revealEnd)
    }
  if (disputes === undefined) return last
  for (const round of begun.publications.values()) {
    const { windowEnd } = yield* disputes.read.publicationOf(round)
    const { drawEnd, revealEnd } = yield* disputes.read.disputeOf(round)
    for (const end of [windowEnd, drawEnd, revealEnd]) if (BigInt(end) > last) last = BigInt(end)
  }
  return last
})

const openTasks = Effect.fnUntraced(function* (
  { tasks }: SettlingContracts,
  begun: Begun,
  reverts: ReadonlyMap<string, string>,
) {
  const open: string[] = []
  for (const taskId of begun.tasks.keys()) {
    const { status } = yield* tasks.read.getTask([taskId])
    if (status === taskStatus.archived) continue
    const why = reverts.get(aboutTask(taskId))
    open.push(`task ${taskId} stays in status ${status}${why === undefined ? "" : `: ${why}`}`)
  }
  return open
})

const openReserves = Effect.fnUntraced(function* (contracts: SettlingContracts, begun: Begun) {
  const { project, staking, forcedErrors } = contracts
  const open: string[] = []
  const projects = yield* project.read.nextProjectId()
  for (let projectId = 1n; projectId < projects; projectId++) {
    const { reserved } = yield* project.read.ledgerOf([projectId])
    if (reserved > 0n) open.push(`project ${projectId} keeps ${reserved} wei reserved for tasks`)
  }
  for (const participant of begun.participants) {
    const duties = yield* staking.read.openDuties([participant])
    if (duties > 0n) open.push(`${participant} keeps ${duties} open duties and cannot withdraw its stake`)
  }
  const jackpots = yield* forcedErrors.read.reservedJackpots()
  if (jackpots > 0n) open.push(`the jackpot pool keeps ${jackpots} wei reserved`)
  const bonds = yield* forcedErrors.read.keeperBonds()
  if (bonds > 0n) open.push(`the registry keeps ${bonds} wei of keepers' bonds`)
  return open
})

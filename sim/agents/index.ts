/**
 * `autonet-sim` as a strategy imports it: what an author needs to write one, and nothing of the world around it.
 *
 * `docs/write-your-own-strategy.md` says how to use it, and what a strategy may do.
 */

// What a strategy is.
export { defineStrategy, type AnyStrategy, type Strategy, type StrategyServices } from "./strategy.ts"
export { withDefault } from "./strategyOptions.ts"
export { roles, stakesAs, type Role } from "./role.ts"

// What it is given.
export type { Agent } from "./agent.ts"
export type { Accomplice, Participant } from "./participant.ts"
export type { TrainingPlan } from "./trainingPlan.ts"
export type { TrainOptions, Work } from "./work.ts"
export type { Contracts } from "./contracts.ts"
export type { Channel, LeakedGroundTruth, Whisper } from "./channel.ts"
export type { Peers } from "./peers.ts"
export type { RandomStream } from "../kernel/randomStream.ts"

// The chain: blocks, the mempool, contracts as typed objects, and what can go wrong there.
export { Chain, type ChainShape } from "../../chain/chain.ts"
export { Wallet } from "../../chain/wallet.ts"
export { bindContract } from "../../chain/contract.ts"
export type { WriteError, WriteOptions } from "../../chain/contractTypes.ts"
export type { ChainLog, PendingTransaction, Receipt, TransactionRequest } from "../../chain/transaction.ts"
export { ContractReadError, TransactionReverted } from "../../chain/errors.ts"

// The protocol, whatever the contract set.
export type { Protocol } from "./protocol/protocol.ts"
export type { Opinion, Vote } from "./protocol/ballots.ts"
export type { SubmissionToJudge } from "./protocol/calls.ts"
export type { SealedSolution } from "./protocol/solutions.ts"
export type { Schedule } from "./protocol/timetable.ts"
export type { TrapPlan } from "./protocol/traps.ts"
export type { PublishedModel } from "./protocol/globalModels.ts"
export { roleNumbers, type StakingRole } from "../mechanisms/staking.ts"

// Whole lives, around the one decision that is the author's.
export { answerTasks, type Answer, type TaskToSolve } from "./solver/answerTasks.ts"
export { proposeTasks, type ProposedTask } from "./proposer/proposeTasks.ts"
export { SILENT, voteOnTasks } from "./coordinator/voteOnTasks.ts"

// Steps that lives are made of.
export { evaluateSubmission } from "./coordinator/evaluateSubmission.ts"
export { loadCase, type Case } from "./coordinator/loadCase.ts"
export { awaitEvent, forEachEvent } from "./steps/awaitEvent.ts"
export { randomBytes32, randomIndices } from "./steps/draw.ts"
export { expectRevert, unlessReverted } from "./steps/expectRevert.ts"
export { awaitGlobalModel, latestGlobalModel, loadModel, type GlobalModel } from "./steps/globalModel.ts"
export { stakeAs, topUpStake } from "./steps/join.ts"
export { trainForTask } from "./steps/leaveTrail.ts"
export { orNothing } from "./steps/orNothing.ts"
export { readTask } from "./steps/readTask.ts"
export { commitSolution, contentHashOf, revealSolution, submitSolution } from "./steps/submitSolution.ts"
export { encodeUpdate, loadGroundTruth, loadSpecification, loadUpdate } from "./steps/taskDocuments.ts"
export { unlessDiverged } from "./steps/unlessDiverged.ts"

// Documents and weights.
export { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
export type { GroundTruth, TaskSpecification } from "../../ml/store/taskDocuments.ts"
export { ContentNotFound } from "../../ml/store/contentStore.ts"
export { DocumentMalformed } from "../../ml/store/documentMalformed.ts"
export { cidBeforeUpload } from "./work.ts"

// A note in the run's trace, for `autonet-sim replay` and for metrics.
export { record } from "../kernel/ambient.ts"

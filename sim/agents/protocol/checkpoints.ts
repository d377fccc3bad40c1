import { Effect } from "effect"
import type { Address, Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Participant } from "../participant.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** What the chain keeps of a checkpoint. */
export interface RecordedCheckpoint {
  /** Steps done. */
  readonly step: number
  /** Digest of the checkpoint document's content identifier: weights, and velocity where there is one. */
  readonly weightsHash: Hex
  /** SHA-256 of the indices of the examples used since the last one; see `ml/checkpoints/checkpointPlan.ts`. */
  readonly dataHash: Hex
  /** Names the stream that shuffles the shard, for all checkpoints of a training. */
  readonly seed: Hex
}

export interface Checkpoints {
  /** Whether the set keeps any: tasks can ask for them only then. */
  readonly areKept: boolean
  /** Solver, before its commitment, from the account that sends: steps must increase. Whether it was recorded. */
  readonly submit: (
    taskId: bigint,
    checkpoint: RecordedCheckpoint,
  ) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
  /** A solver's trail, in the order of steps. */
  readonly of: (
    taskId: bigint,
    solver: Address,
  ) => Effect.Effect<readonly RecordedCheckpoint[], ProtocolFailure, Chain>
}

/** The task contract keeps checkpoints. */
export const checkpointsOfTasks = ({ contracts }: Participant): Checkpoints => ({
  areKept: true,
  submit: (taskId, { step, weightsHash, dataHash, seed }) =>
    expectRevert(contracts.tasks.write.submitCheckpoint([taskId, BigInt(step), weightsHash, dataHash, seed])),
  of: (taskId, solver) =>
    Effect.map(contracts.tasks.read.getCheckpoints([taskId, solver]), (kept) =>
      kept.map(({ stepNumber, weightsHash, dataIndicesHash, randomSeed }) => ({
        step: Number(stepNumber),
        weightsHash,
        dataHash: dataIndicesHash,
        seed: randomSeed,
      })),
    ),
})

/** Nothing is kept, and nothing can be audited. */
export const noCheckpoints: Checkpoints = {
  areKept: false,
  submit: () => Effect.succeed(false),
  of: () => Effect.succeed([]),
}

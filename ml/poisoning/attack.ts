import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import type { TrainingData } from "../training/trainingData.ts"

/** What an attacker knows when it has to hand in an update. */
export interface Known {
  /** Weights of the model. */
  readonly length: number
  /** The update that it made by training on its data; all zero if it trained nothing. */
  readonly trained: Float32Array
  /** The updates that attackers made in this round, its own among them: those of accomplices are no secret to it. */
  readonly ofAttackers: readonly Float32Array[]
  /** Updates that others handed in before this round. */
  readonly lastUpdates: readonly Float32Array[]
  /** Updates in this round, the attackers' included. */
  readonly clients: number
  readonly attackers: number
  /** Its own noise. */
  readonly stream: RandomStream
}

/** An attack on learning in two steps: what is trained on, and what is made of the result. */
export interface Attack {
  /** The data in place of its own; undefined for those who train nothing. */
  readonly trainsOn: ((own: TrainingData) => TrainingData) | undefined
  readonly handIn: (known: Known) => Float32Array
}

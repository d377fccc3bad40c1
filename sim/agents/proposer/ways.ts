/** What proposers do alike, and what some do in ways of their own. */
import type { Effect } from "effect"
import type { Hex } from "viem"
import type { Agent } from "../agent.ts"
import type { Capability } from "../capability.ts"
import { drawHeldOut } from "../steps/heldOutExamples.ts"

export interface Ways {
  /** The examples that a task is judged by. */
  readonly examples: (agent: Agent, capability: Capability) => Effect.Effect<readonly number[]>
  /** Whether the document carries 32 random bytes, so that nobody can guess it. */
  readonly salted: boolean
  /** The text whose hash the proposal carries, and which is revealed; from the document's identifier. */
  readonly commitTo: (truthCid: string) => string
  /** Whether the document is there when it is due. */
  readonly uploads: boolean
  /** Whether the text is revealed when it is due. */
  readonly reveals: boolean
  /** Whether the proposer calls the coordinators and closes the task in the end. */
  readonly closes: boolean
}

/** What a document carries that hides behind nothing. */
export const NO_SALT: Hex = `0x${"0".repeat(64)}`

export const honestWays: Ways = {
  examples: (agent, capability) => drawHeldOut(agent, capability, agent.plan.evaluationExamples),
  salted: true,
  commitTo: (truthCid) => truthCid,
  uploads: true,
  reveals: true,
  closes: true,
}

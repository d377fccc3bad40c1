import { Schema } from "effect"
import { microsToSeconds } from "./time.ts"

const at = (timeMicros: number): string => `at ${microsToSeconds(timeMicros)} s of virtual time`

/** An agent failed, threw or was interrupted by itself. `cause` is Effect's `Cause`; `reason` is it in words. */
export class AgentFailed extends Schema.TaggedError<AgentFailed>()("AgentFailed", {
  agent: Schema.String,
  timeMicros: Schema.Number,
  reason: Schema.String,
  cause: Schema.Unknown,
}) {
  override get message(): string {
    return `agent ${this.agent} failed ${at(this.timeMicros)}: ${this.reason}`
  }
}

/** An agent kept running without letting virtual time pass. */
export class AgentLivelock extends Schema.TaggedError<AgentLivelock>()("AgentLivelock", {
  agent: Schema.String,
  timeMicros: Schema.Number,
  /** `operations`: one resume never ended; `resumes`: it was woken again and again at one instant. */
  measure: Schema.Literals(["operations", "resumes"]),
  limit: Schema.Number,
}) {
  override get message(): string {
    const what =
      this.measure === "operations"
        ? `${this.limit} operations without waiting`
        : `${this.limit} resumes at one instant`
    return `agent ${this.agent} loops ${at(this.timeMicros)}: more than ${what}; let it sleep or wait for an event`
  }
}

/** A promise of the host resumed an agent behind the kernel's back. Nothing that follows would be reproducible. */
export class ResumedOutsideKernel extends Schema.TaggedError<ResumedOutsideKernel>()("ResumedOutsideKernel", {
  agent: Schema.String,
  timeMicros: Schema.Number,
}) {
  override get message(): string {
    return (
      `agent ${this.agent} was resumed by the host ${at(this.timeMicros)}: ` +
      "it awaits a promise or callback of the host (use Effect.gen and Effect.sleep; within the program: " +
      "foreign(label, promise)), or a Queue, PubSub or the like made outside of run (make it in run; within the " +
      "program: with kernel.assemble)"
    )
  }
}

/** Fibers refused to end at the end of the run: a finaliser that waits for ever, or an uninterruptible loop. */
export class FibersLeftBehind extends Schema.TaggedError<FibersLeftBehind>()("FibersLeftBehind", {
  agents: Schema.Array(Schema.String),
  fibers: Schema.Number,
  timeMicros: Schema.Number,
}) {
  override get message(): string {
    return (
      `${this.fibers} fiber(s) of ${this.agents.join(", ")} did not end after interruption ${at(this.timeMicros)}; ` +
      "look for a finaliser that waits or an uninterruptible loop"
    )
  }
}

/** A host promise rejected. */
export class ForeignFailed extends Schema.TaggedError<ForeignFailed>()("ForeignFailed", {
  label: Schema.String,
  reason: Schema.String,
  cause: Schema.Unknown,
}) {
  override get message(): string {
    return `foreign call ${this.label} failed: ${this.reason}`
  }
}

/** Code inside a run called something of the host that differs between runs. */
export class HostCallTrapped extends Schema.TaggedError<HostCallTrapped>()("HostCallTrapped", {
  call: Schema.String,
  agent: Schema.String,
  replacement: Schema.String,
}) {
  override get message(): string {
    return `agent ${this.agent} called ${this.call}, which differs from run to run; use ${this.replacement}`
  }
}

/** Code inside a run made a promise, which the host would settle, not virtual time. */
export class PromiseTrapped extends Schema.TaggedError<PromiseTrapped>()("PromiseTrapped", {
  agent: Schema.String,
}) {
  override get message(): string {
    return (
      `agent ${this.agent} makes a promise of the host (an async function, .then, await, or a method that gives one), ` +
      "which virtual time does not order; use Effect.gen and Effect.sleep"
    )
  }
}

/** The kernel was used in a way it does not allow: two agents of one name, a second run. */
export class KernelMisuse extends Schema.TaggedError<KernelMisuse>()("KernelMisuse", {
  reason: Schema.String,
}) {
  override get message(): string {
    return this.reason
  }
}

/** Why a run can end without a result. */
export type RunError = AgentFailed | AgentLivelock | ResumedOutsideKernel | FibersLeftBehind

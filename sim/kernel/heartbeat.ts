import type { Micros } from "./time.ts"

/**
 * What the kernel tells a watchdog outside. It is called on the hottest path: an implementation stores numbers in
 * shared memory and returns.
 *
 * Between `beforeResume` and the next call of any of these, the named agent has the thread. If that lasts, it hangs.
 */
export interface Heartbeat {
  /** An agent was added; `index` counts from 0 in the order of adding. */
  agentAdded(index: number, name: string): void
  /** A fiber of the agent is about to run. */
  beforeResume(agentIndex: number, timeMicros: Micros): void
  /** No fiber is running: the kernel waits for a host promise or has ended. */
  afterResume(): void
  /** A promise of the host (EVM, tfjs) starts; virtual time is frozen until `foreignEnd`. */
  foreignStart(label: string, agent: string): void
  foreignEnd(): void
}

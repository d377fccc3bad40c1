/**
 * A heartbeat over shared memory: the kernel in a worker writes, the watchdog in the main thread reads.
 *
 * A worker that hangs delivers no more messages, so that state and time must be readable without its help. Names of
 * agents are sent as messages ahead of the resume that they may hang in.
 */
import type { Heartbeat } from "../kernel/heartbeat.ts"

const IDLE = 0
const RESUMED = 1
const FOREIGN = 2

// 32-bit cells: state, beats, agent; then, aligned to 8 bytes, virtual time as a float.
const STATE = 0
const BEATS = 1
const AGENT = 2
const TIME_OFFSET_BYTES = 16
const SIZE_BYTES = 24

export function createHeartbeatMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(SIZE_BYTES)
}

/** The worker's end. `announce` is told the names of agents, in the order of their indices. */
export function heartbeatWriter(
  memory: SharedArrayBuffer,
  announce: (names: readonly string[]) => void,
): Heartbeat {
  const cells = new Int32Array(memory, 0, 4)
  const time = new Float64Array(memory, TIME_OFFSET_BYTES, 1)
  let unannounced: string[] = []
  let before = IDLE
  const enter = (state: number) => {
    // The count comes last: whoever sees it change sees the rest as well.
    Atomics.store(cells, STATE, state)
    Atomics.add(cells, BEATS, 1)
  }
  return {
    agentAdded(_index, name) {
      unannounced.push(name)
    },
    beforeResume(agentIndex, timeMicros) {
      if (unannounced.length > 0) {
        announce(unannounced)
        unannounced = []
      }
      cells[AGENT] = agentIndex
      time[0] = timeMicros
      enter(RESUMED)
    },
    afterResume() {
      enter(IDLE)
    },
    foreignStart() {
      before = cells[STATE]!
      enter(FOREIGN)
    },
    foreignEnd() {
      enter(before)
    },
  }
}

/** What the watchdog sees. */
export interface Pulse {
  /** Whether a fiber has the thread: neither idle nor in a call of the EVM or of training. */
  readonly resumed: boolean
  /** Grows with every change of state. */
  readonly beats: number
  readonly agentIndex: number
  readonly timeMicros: number
}

export function readPulse(memory: SharedArrayBuffer): Pulse {
  const cells = new Int32Array(memory, 0, 4)
  const time = new Float64Array(memory, TIME_OFFSET_BYTES, 1)
  return {
    beats: Atomics.load(cells, BEATS),
    resumed: Atomics.load(cells, STATE) === RESUMED,
    agentIndex: cells[AGENT]!,
    timeMicros: time[0]!,
  }
}

/**
 * Run-time traps for calls of the host that differ from run to run.
 *
 * They are installed while a kernel exists that runs, and bite only while a fiber is being resumed: host promises,
 * reports and tests in the same process go undisturbed. Frames of Node's own modules are let through, so that
 * printing or hashing inside a run works.
 */
/* eslint-disable autonet/no-host-nondeterminism -- this file is where those calls are caught */
import { HostCallTrapped } from "./errors.ts"

/** Says who is running at the moment of a trapped call. */
export interface TrapWatcher {
  readonly runningAgent: () => string
}

let watcher: TrapWatcher | undefined
let installations = 0
let restore: (() => void)[] = []

/** Arms the traps on behalf of `next`; gives back whom they were armed for, to be put back afterwards. */
export const armTraps = (next: TrapWatcher | undefined): TrapWatcher | undefined => {
  const previous = watcher
  watcher = next
  return previous
}

/** Replaces the host's functions; the last matching `uninstallTraps` puts them back. */
export const installTraps = (): void => {
  if (installations++ > 0) return
  restore = TRAPS.map(({ holder, name, replacement, label }) => trapMethod(holder, name, label, replacement))
  restore.push(trapDate(), trapEnvironment())
}

export const uninstallTraps = (): void => {
  if (--installations > 0) return
  for (const undo of restore.toReversed()) undo()
  restore = []
}

const CLOCK = "Clock (Effect's clock is virtual time)"
const RANDOM = "Random (Effect's Random is the agent's own stream) or kernel.stream(name)"
const NETWORK = "what the agent is given (a run has no network)"
const SLEEP = "Effect.sleep or Schedule"

interface Trapped {
  readonly holder: object
  readonly name: string
  readonly label: string
  readonly replacement: string
}

const TRAPS: readonly Trapped[] = [
  { holder: Math, name: "random", label: "Math.random()", replacement: RANDOM },
  { holder: performance, name: "now", label: "performance.now()", replacement: CLOCK },
  { holder: process, name: "hrtime", label: "process.hrtime()", replacement: CLOCK },
  { holder: process.hrtime, name: "bigint", label: "process.hrtime.bigint()", replacement: CLOCK },
  { holder: crypto, name: "getRandomValues", label: "crypto.getRandomValues()", replacement: RANDOM },
  { holder: crypto, name: "randomUUID", label: "crypto.randomUUID()", replacement: RANDOM },
  { holder: globalThis, name: "fetch", label: "fetch()", replacement: NETWORK },
  { holder: globalThis, name: "setTimeout", label: "setTimeout()", replacement: SLEEP },
  { holder: globalThis, name: "setInterval", label: "setInterval()", replacement: SLEEP },
  { holder: globalThis, name: "setImmediate", label: "setImmediate()", replacement: "Effect.yieldNow" },
]

/** Throws if a fiber is running and the caller is not Node itself. `depth` frames lie between the caller and here. */
const bite = (call: string, replacement: string): void => {
  if (watcher === undefined || calledByNode()) return
  throw new HostCallTrapped({ call, agent: watcher.runningAgent(), replacement })
}

/** The first frame outside this file. Stack traces cost microseconds, and only a call that is about to fail pays. */
const calledByNode = (): boolean => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 8
  const frames = (new Error().stack ?? "").split("\n").slice(1)
  Error.stackTraceLimit = limit
  const caller = frames.find(
    (frame) => !frame.includes(import.meta.url) && !frame.includes(import.meta.filename),
  )
  return caller !== undefined && /\(?node:/.test(caller)
}

const trapMethod = (holder: object, name: string, label: string, replacement: string): (() => void) => {
  const original = Reflect.get(holder, name) as (...args: unknown[]) => unknown
  // A proxy keeps everything else as it was: `name`, `length`, properties such as `setTimeout[promisify.custom]`.
  const trapped = new Proxy(original, {
    apply(target, self, args) {
      bite(label, replacement)
      return Reflect.apply(target, self, args)
    },
  })
  return replaceProperty(holder, name, { value: trapped, writable: true, configurable: true })
}

const trapDate = (): (() => void) => {
  const original = Date
  const now = new Proxy(original.now, {
    apply(target, self, args) {
      bite("Date.now()", CLOCK)
      return Reflect.apply(target, self, args)
    },
  })
  const trapped: DateConstructor = new Proxy(original, {
    construct(target, args, newTarget) {
      if (args.length === 0) bite("new Date()", CLOCK)
      return Reflect.construct(target, args, newTarget === trapped ? target : newTarget) as Date
    },
    apply(target) {
      bite("Date()", CLOCK)
      return target()
    },
    get(target, key) {
      return key === "now" ? now : (Reflect.get(target, key) as unknown)
    },
  })
  return replaceProperty(globalThis, "Date", { value: trapped, writable: true, configurable: true })
}

const trapEnvironment = (): (() => void) => {
  const original = process.env
  return replaceProperty(process, "env", {
    get() {
      bite("process.env", "an option of the scenario")
      return original
    },
    configurable: true,
  })
}

const replaceProperty = (holder: object, name: string, next: PropertyDescriptor): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(holder, name)
  Object.defineProperty(holder, name, { ...next, enumerable: own?.enumerable ?? false })
  return () => {
    if (own === undefined) Reflect.deleteProperty(holder, name)
    else Object.defineProperty(holder, name, own)
  }
}

/**
 * Run-time traps for calls of the host that differ from run to run.
 *
 * They are installed while a kernel exists that runs, and bite only while a fiber is being resumed: host promises,
 * reports and tests in the same process go undisturbed. Frames of Node's own modules are let through, so that
 * printing or hashing inside a run works.
 */
/* eslint-disable autonet/no-host-nondeterminism -- this file is where those calls are caught */
import { promiseHooks } from "node:v8"
import { HostCallTrapped, PromiseTrapped } from "./errors.ts"
import { classes, CLOCK, functions, type HostCall, UTC, values } from "./hostCalls.ts"

/** Says who is running at the moment of a trapped call, and hears of it: whoever runs may catch the error. */
export interface TrapWatcher {
  readonly runningAgent: () => string
  readonly onTrapped: (error: HostCallTrapped | PromiseTrapped) => void
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
  restore = [...functions.map(trapFunction), ...values.map(trapValue), ...classes.map(trapClass), trapDate()]
}

export const uninstallTraps = (): void => {
  if (--installations > 0) return
  for (const undo of restore.toReversed()) undo()
  restore = []
}

/**
 * Tells the watcher of every promise that is made while a fiber is being resumed, whoever makes it: what waits for one
 * goes on whenever the kernel itself waits for the host, which the engine decides, not virtual time. Gives back what
 * ends it. All promises of the thread get a little slower.
 */
export const trapPromises = (): (() => void) =>
  promiseHooks.onInit(() => {
    if (watcher === undefined) return
    // Effect wakes by promises where it has no scheduler of the kernel, and the loop notices whom that resumes.
    if (EFFECTS_SCHEDULER.test(callingFrame())) return
    // Told, not thrown: V8 lets no hook throw.
    const agent = watcher.runningAgent()
    // Deep enough to find the author's line behind Node's own.
    watcher.onTrapped(withFrames(64, () => new PromiseTrapped({ agent })))
  }) as () => void

/** Throws if a fiber is running and the caller is not Node itself. */
const bite = (call: string, replacement: string): void => {
  if (watcher === undefined) return
  const caller = callingFrame()
  if (/\(?node:/.test(caller)) return
  const error = new HostCallTrapped({ call, agent: watcher.runningAgent(), replacement })
  // Effect's own scheduler does without what throws, and the loop notices whom it resumes.
  if (!EFFECTS_SCHEDULER.test(caller)) watcher.onTrapped(error)
  throw error
}

const EFFECTS_SCHEDULER = /[\\/]effect[\\/]dist[\\/]Scheduler\.js/

/** The first frame of a file other than this. Stack traces cost microseconds; only what is about to fail pays. */
const callingFrame = (): string => {
  const frames = withFrames(8, () => new Error().stack ?? "")
    .split("\n")
    .slice(1)
  return frames.find((frame) => !isOfThisFile(frame) && !frame.includes("(<anonymous>)")) ?? ""
}

const withFrames = <A>(limit: number, make: () => A): A => {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = limit
  try {
    return make()
  } finally {
    Error.stackTraceLimit = before
  }
}

const isOfThisFile = (frame: string): boolean =>
  frame.includes(import.meta.url) || frame.includes(import.meta.filename)

type Callable = (...args: unknown[]) => unknown

const trapFunction = ({ holder, name, label, replacement }: HostCall): (() => void) => {
  const original = Reflect.get(holder, name) as Callable
  // A proxy keeps everything else as it was: `name`, `length`, properties such as `setTimeout[promisify.custom]`.
  const trapped = new Proxy(original, {
    apply(target, self, args) {
      bite(label, replacement)
      return Reflect.apply(target, self, args)
    },
  })
  return replaceProperty(holder, name, { value: trapped, writable: true, configurable: true })
}

const trapClass = ({ holder, name, label, replacement }: HostCall): (() => void) => {
  const original = Reflect.get(holder, name) as Callable
  const trapped: Callable = new Proxy(original, {
    construct(target, args, newTarget) {
      bite(`new ${label}`, replacement)
      return Reflect.construct(target, args, newTarget === trapped ? target : newTarget) as object
    },
    apply(target, self, args) {
      bite(label, replacement)
      return Reflect.apply(target, self, args)
    },
  })
  return replaceProperty(holder, name, { value: trapped, writable: true, configurable: true })
}

const trapValue = ({ holder, name, label, replacement }: HostCall): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(holder, name)
  const original: unknown = own?.get === undefined ? Reflect.get(holder, name) : undefined
  return replaceProperty(holder, name, {
    get() {
      bite(label, replacement)
      return own?.get === undefined ? original : (Reflect.apply(own.get, this, []) as unknown)
    },
    configurable: true,
  })
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
      if (args.length > 1) bite("new Date(year, month)", UTC)
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
  const next = { value: trapped, writable: true, configurable: true }
  const undo = [
    replaceProperty(globalThis, "Date", next),
    replaceProperty(original.prototype, "constructor", next),
  ]
  return () => {
    for (const each of undo) each()
  }
}

const replaceProperty = (holder: object, name: string, next: PropertyDescriptor): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(holder, name)
  Object.defineProperty(holder, name, { ...next, enumerable: own?.enumerable ?? false })
  return () => {
    if (own === undefined) Reflect.deleteProperty(holder, name)
    else Object.defineProperty(holder, name, own)
  }
}

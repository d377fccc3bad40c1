/**
 * Run-time traps for calls of the host that differ from run to run.
 *
 * They are installed while a kernel exists that runs, and bite only while a fiber is being resumed: host promises,
 * reports and tests in the same process go undisturbed. Frames of Node's own modules are let through, so that
 * printing or hashing inside a run works.
 */
/* eslint-disable autonet/no-host-nondeterminism -- this file is where those calls are caught */
import { HostCallTrapped } from "./errors.ts"
import { classes, CLOCK, functions, type HostCall, UTC, values } from "./hostCalls.ts"

/** Says who is running at the moment of a trapped call, and hears of it: whoever runs may catch the error. */
export interface TrapWatcher {
  readonly runningAgent: () => string
  readonly onTrapped: (error: HostCallTrapped) => void
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

/** Throws if a fiber is running and the caller is not Node itself. */
const bite = (call: string, replacement: string): void => {
  if (watcher === undefined) return
  const caller = callingFrame()
  if (/\(?node:/.test(caller)) return
  const error = new HostCallTrapped({ call, agent: watcher.runningAgent(), replacement })
  // Effect's own scheduler does without what throws, and the loop notices whom it resumes.
  if (!/[\\/]effect[\\/]dist[\\/]Scheduler\.js/.test(caller)) watcher.onTrapped(error)
  throw error
}

/** The first frame outside this file. Stack traces cost microseconds, and only a call that is about to fail pays. */
const callingFrame = (): string => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 8
  const frames = (new Error().stack ?? "").split("\n").slice(1)
  Error.stackTraceLimit = limit
  return frames.find((frame) => !isOfThisFile(frame)) ?? ""
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
  const original: unknown = Reflect.get(holder, name)
  return replaceProperty(holder, name, {
    get() {
      bite(label, replacement)
      return original
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
  return replaceProperty(globalThis, "Date", { value: trapped, writable: true, configurable: true })
}

const replaceProperty = (holder: object, name: string, next: PropertyDescriptor): (() => void) => {
  const own = Object.getOwnPropertyDescriptor(holder, name)
  Object.defineProperty(holder, name, { ...next, enumerable: own?.enumerable ?? false })
  return () => {
    if (own === undefined) Reflect.deleteProperty(holder, name)
    else Object.defineProperty(holder, name, own)
  }
}

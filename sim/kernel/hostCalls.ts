/** What of the host differs between runs or machines, and what to use instead. `traps.ts` catches it. */
/* eslint-disable autonet/no-host-nondeterminism -- a list of what is caught */

export interface HostCall {
  readonly holder: object
  readonly name: string
  /** As an author would write it. */
  readonly label: string
  readonly replacement: string
}

export const CLOCK = "Clock (Effect's clock is virtual time)"
const RANDOM = "Random (Effect's Random is the agent's own stream) or agent.stream(\"label\")"
const END = "Effect.die(reason), or an end of run"
const FINALIZER = "Effect.addFinalizer"
const PLAIN_BYTES = "a Uint8Array, whose bytes are 0 at first"
const NETWORK = "what the agent is given (a run has no network)"
const SLEEP = "Effect.sleep or Schedule"
const OPTION = "an option of the scenario"
const IMPORT = 'an import of "effect", "autonet-sim" or a file beside it'
export const UTC = "Date.UTC and the methods of UTC, such as getUTCHours and toISOString"
const CODE_UNITS = "< and >, which compare code units"
const PLAIN_TEXT = "String(value) or toFixed, which know no locale"

const methods = (holder: object, prefix: string, replacement: string, names: string): readonly HostCall[] =>
  names.split(" ").map((name) => ({ holder, name, label: `${prefix}.${name}()`, replacement }))

/** Functions: trapped where they are called. */
export const functions: readonly HostCall[] = [
  ...methods(Math, "Math", RANDOM, "random"),
  ...methods(performance, "performance", CLOCK, "now"),
  ...methods(process, "process", CLOCK, "hrtime uptime"),
  ...methods(process.hrtime, "process.hrtime", CLOCK, "bigint"),
  ...methods(process, "process", "virtual time and agent.work", "cpuUsage resourceUsage threadCpuUsage"),
  ...methods(process, "process", OPTION, "memoryUsage availableMemory constrainedMemory cwd chdir"),
  ...methods(process.memoryUsage, "process.memoryUsage", OPTION, "rss"),
  ...methods(process, "process", END, "exit reallyExit abort kill"),
  ...methods(process, "process", FINALIZER, "on once addListener prependListener prependOnceListener"),
  ...methods(process, "process", IMPORT, "getBuiltinModule binding dlopen"),
  ...methods(process.report, "process.report", OPTION, "getReport writeReport"),
  ...methods(performance, "performance", CLOCK, "mark measure timerify eventLoopUtilization toJSON"),
  ...methods(Buffer, "Buffer", PLAIN_BYTES, "allocUnsafe allocUnsafeSlow"),
  ...methods(crypto, "crypto", RANDOM, "getRandomValues randomUUID"),
  { holder: globalThis, name: "fetch", label: "fetch()", replacement: NETWORK },
  { holder: globalThis, name: "setTimeout", label: "setTimeout()", replacement: SLEEP },
  { holder: globalThis, name: "setInterval", label: "setInterval()", replacement: SLEEP },
  {
    holder: globalThis,
    name: "queueMicrotask",
    label: "queueMicrotask()",
    replacement: "Effect.yieldNow or Effect.forkChild",
  },
  ...methods(process, "process", "Effect.yieldNow or Effect.forkChild", "nextTick"),
  { holder: globalThis, name: "setImmediate", label: "setImmediate()", replacement: "Effect.yieldNow" },
  ...methods(Date.prototype, "Date.prototype", UTC, "toLocaleString toLocaleDateString toLocaleTimeString"),
  ...methods(Date.prototype, "Date.prototype", UTC, "toString toDateString toTimeString getTimezoneOffset"),
  ...methods(
    Date.prototype,
    "Date.prototype",
    UTC,
    "getFullYear getMonth getDate getDay getHours getMinutes",
  ),
  ...methods(Number.prototype, "Number.prototype", PLAIN_TEXT, "toLocaleString"),
  ...methods(BigInt.prototype, "BigInt.prototype", PLAIN_TEXT, "toLocaleString"),
  ...methods(String.prototype, "String.prototype", CODE_UNITS, "localeCompare"),
  ...methods(
    String.prototype,
    "String.prototype",
    "toUpperCase and toLowerCase",
    "toLocaleUpperCase toLocaleLowerCase",
  ),
]

/** Values: trapped where they are read. */
export const values: readonly HostCall[] = [
  { holder: process, name: "env", label: "process.env", replacement: OPTION },
  { holder: process, name: "pid", label: "process.pid", replacement: "agent.name" },
  { holder: process, name: "ppid", label: "process.ppid", replacement: "agent.name" },
  { holder: Event.prototype, name: "timeStamp", label: "Event.prototype.timeStamp", replacement: CLOCK },
  { holder: File.prototype, name: "lastModified", label: "File.prototype.lastModified", replacement: CLOCK },
  ...["hardwareConcurrency", "language", "languages", "platform", "userAgent"].map((name) => ({
    holder: Navigator.prototype,
    name,
    label: `navigator.${name}`,
    replacement: OPTION,
  })),
  { holder: performance, name: "timeOrigin", label: "performance.timeOrigin", replacement: CLOCK },
]

const formatter = (name: string, replacement: string): HostCall => ({
  holder: Intl,
  name,
  label: `Intl.${name}()`,
  replacement,
})

/** Classes: trapped where something is made of them, with or without `new`. Formatters follow locale, time zone, or Node's ICU. */
export const classes: readonly HostCall[] = [
  { holder: globalThis, name: "PerformanceMark", label: "PerformanceMark()", replacement: CLOCK },
  formatter("DateTimeFormat", UTC),
  formatter("NumberFormat", PLAIN_TEXT),
  formatter("Collator", CODE_UNITS),
  formatter("PluralRules", PLAIN_TEXT),
  formatter("RelativeTimeFormat", PLAIN_TEXT),
  formatter("ListFormat", PLAIN_TEXT),
  formatter("DisplayNames", PLAIN_TEXT),
  formatter("Segmenter", "a loop over the text, which goes by code points"),
]

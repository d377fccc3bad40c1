/**
 * The command line as data.
 *
 * Parsed with Node's own `parseArgs`: `effect/cli` is unstable, needs a platform layer with a dozen packages, and its
 * help and exit codes would have to be replaced anyway.
 */
import { parseArgs, type ParseArgsConfig } from "node:util"
import { cacheKindNames, type CacheKind } from "../cache/cacheFolder.ts"
import { didYouMean } from "../scenario/didYouMean.ts"
import { DEFAULT_WATCHDOG_SECONDS } from "../experiment/watchdog.ts"
import { MAX_REPLICATES, MAX_RUN_SEED } from "../scenario/limits.ts"
import { UsageError } from "./usageError.ts"

export interface RunCommand {
  readonly command: "run"
  /** A scenario file, or the name of one that ships; undefined with `resume`. */
  readonly file: string | undefined
  readonly seed: number | undefined
  readonly replicates: number | undefined
  readonly out: string | undefined
  readonly check: boolean
  /** Undefined = the default, or that of the experiment to resume. */
  readonly engine: string | undefined
  /** Share of runs, 0 to 1; undefined = as above. */
  readonly auditShare: number | undefined
  /** Undefined = all cores. */
  readonly workers: number | undefined
  readonly resume: string | undefined
  readonly set: readonly string[]
  /** `builtin` or a folder, in place of the file's. */
  readonly contracts: string | undefined
  readonly rulesOff: readonly string[]
  readonly json: boolean
  readonly quiet: boolean
  readonly trace: boolean
  readonly watchdogSeconds: number
  /** Whether what earlier starts worked out is used, and what this one works out is kept. */
  readonly cache: boolean
}

export interface TrialCommand {
  readonly command: "trial"
  /** Trial files and folders of them, or names of trials that ship; all that ship where empty. */
  readonly files: readonly string[]
  readonly only: string | undefined
  readonly search: boolean
  readonly canary: boolean
  /** First seed of the replicates that are judged; undefined = the usual one. */
  readonly seed: number | undefined
  /** Of a verdict at most; undefined = the usual number. */
  readonly replicates: number | undefined
  readonly out: string
  readonly workers: number | undefined
  readonly json: boolean
  readonly quiet: boolean
  readonly watchdogSeconds: number
  readonly cache: boolean
}

/** `agents`, `params`, `rules` and `metrics`: who may take part, what there is to set, to switch off, to measure. */
export interface ListCommand {
  readonly command: "agents" | "params" | "rules" | "metrics"
  readonly pattern: string | undefined
  readonly json: boolean
}

export interface CacheCommand {
  readonly command: "cache"
  readonly action: "show" | "clear"
  /** Undefined = all kinds. */
  readonly only: CacheKind | undefined
  readonly json: boolean
}

export type Command =
  | RunCommand
  | TrialCommand
  | CacheCommand
  | { readonly command: "schema" }
  | ListCommand
  | { readonly command: "init"; readonly folder: string }
  | { readonly command: "help"; readonly about: CommandName | undefined }
  | { readonly command: "version" }

const RUN_FLAGS = {
  seed: { type: "string" },
  replicates: { type: "string" },
  out: { type: "string", short: "o" },
  check: { type: "boolean" },
  engine: { type: "string" },
  "ml-backend": { type: "string" },
  "audit-share": { type: "string" },
  workers: { type: "string", short: "w" },
  resume: { type: "string" },
  set: { type: "string", multiple: true },
  contracts: { type: "string" },
  "rule-off": { type: "string", multiple: true },
  json: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
  trace: { type: "boolean" },
  watchdog: { type: "string" },
  "no-cache": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"]

const TRIAL_FLAGS = {
  only: { type: "string" },
  search: { type: "boolean" },
  canary: { type: "boolean" },
  seed: { type: "string" },
  replicates: { type: "string" },
  out: { type: "string", short: "o" },
  workers: { type: "string", short: "w" },
  json: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
  watchdog: { type: "string" },
  "no-cache": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"]

/** The value of a flag, in words, for those who left it out. */
const EXPECTED: Readonly<Record<string, string>> = {
  seed: "a whole number",
  replicates: "a whole number from 1",
  out: "a folder",
  engine: "the name of an EVM engine",
  "ml-backend": "the name of a learning backend",
  "audit-share": "a share from 0 to 1, such as 0.1",
  workers: "a whole number from 1",
  resume: "the folder of an experiment",
  set: "PATH=VALUE",
  contracts: "a folder of artifacts, or builtin",
  "rule-off": "the name of a rule",
  watchdog: "seconds above 0",
  only: `a kind of what is kept: ${cacheKindNames.join(", ")}`,
}

const HELP_FLAG = { help: { type: "boolean", short: "h" } } as const satisfies ParseArgsConfig["options"]

const LIST_FLAGS = { ...HELP_FLAG, json: { type: "boolean" } } as const satisfies ParseArgsConfig["options"]

const CACHE_FLAGS = { ...LIST_FLAGS, only: { type: "string" } } as const satisfies ParseArgsConfig["options"]

const COMMANDS = ["run", "trial", "agents", "params", "rules", "metrics", "schema", "init", "cache"] as const

export type CommandName = (typeof COMMANDS)[number]

/** Reads the arguments behind the program's name. Throws `UsageError`. */
export function parseCommandLine(args: readonly string[]): Command {
  const [first, ...rest] = args
  if (first === undefined) return { command: "help", about: undefined }
  if (first === "--version" || first === "-v") return { command: "version" }
  if (first === "--help" || first === "-h") return { command: "help", about: undefined }
  if (first === "help") return { command: "help", about: commandName(rest[0]) }
  switch (commandName(first)) {
    case "run":
      return parseRun(rest)
    case "trial":
      return parseTrial(rest)
    case "init":
      return parseInit(rest)
    case "metrics":
      return parseList("metrics", rest)
    case "agents":
      return parseList("agents", rest)
    case "params":
      return parseList("params", rest)
    case "rules":
      return parseList("rules", rest)
    case "cache":
      return parseCache(rest)
    case "schema": {
      const { values, positionals } = parse(rest, HELP_FLAG)
      if (values.help === true) return { command: "help", about: "schema" }
      none(positionals, "schema takes no arguments")
      return { command: "schema" }
    }
    case undefined:
      return { command: "help", about: undefined }
  }
}

function commandName(name: string | undefined): CommandName | undefined {
  const command = COMMANDS.find((known) => known === name)
  if (command !== undefined || name === undefined) return command
  if (name.startsWith("-")) throw new UsageError(`unknown option ${name}; try autonet-sim --help`)
  const hint = didYouMean(name, COMMANDS)
  throw new UsageError(`unknown command ${name}${hint}; commands are ${COMMANDS.join(", ")}`)
}

function parseRun(args: readonly string[]): Command {
  const { values, positionals } = parse(args, RUN_FLAGS)
  if (values.help === true) return { command: "help", about: "run" }
  const [file, ...more] = positionals
  none(more, "run takes one scenario file")
  if (file === undefined && values.resume === undefined) {
    throw new UsageError("expected a scenario file: autonet-sim run FILE, found none")
  }
  if (values.resume !== undefined) onlyWithout("resume", { out: values.out })
  if (values.out === "" || values.resume === "" || values.contracts === "")
    throw new UsageError("expected a folder, found an empty name")
  return {
    command: "run",
    file,
    seed: wholeNumber("seed", values.seed, 0, MAX_RUN_SEED),
    replicates: wholeNumber("replicates", values.replicates, 1, MAX_REPLICATES),
    out: values.out,
    check: values.check === true,
    engine: values.engine,
    auditShare: share("audit-share", values["audit-share"]),
    workers: wholeNumber("workers", values.workers, 1, MAX_WORKERS),
    resume: values.resume,
    set: [...(values.set ?? []), ...backendChange(values["ml-backend"])],
    contracts: values.contracts,
    rulesOff: single("rule-off", values["rule-off"] ?? []),
    json: values.json === true,
    quiet: values.quiet === true,
    trace: values.trace === true,
    watchdogSeconds: seconds("watchdog", values.watchdog) ?? DEFAULT_WATCHDOG_SECONDS,
    cache: values["no-cache"] !== true,
  }
}

/** What learns is a part of the scenario, unlike the EVM that plays it. */
const backendChange = (name: string | undefined): readonly string[] =>
  name === undefined ? [] : [`learning.backend=${name}`]

const MAX_WORKERS = 1024

function parseTrial(args: readonly string[]): Command {
  const { values, positionals } = parse(args, TRIAL_FLAGS)
  if (values.help === true) return { command: "help", about: "trial" }
  if (values.out === "") throw new UsageError("expected a folder, found an empty name")
  if (values.canary === true) onlyWithout("canary", { search: values.search, replicates: values.replicates })
  return {
    command: "trial",
    files: positionals,
    only: values.only,
    search: values.search === true,
    canary: values.canary === true,
    seed: wholeNumber("seed", values.seed, 0, MAX_RUN_SEED - MAX_REPLICATES),
    replicates: wholeNumber("replicates", values.replicates, 2, MAX_REPLICATES),
    out: values.out ?? "out/trials",
    workers: wholeNumber("workers", values.workers, 1, MAX_WORKERS),
    json: values.json === true,
    quiet: values.quiet === true,
    watchdogSeconds: seconds("watchdog", values.watchdog) ?? DEFAULT_WATCHDOG_SECONDS,
    cache: values["no-cache"] !== true,
  }
}

function parseInit(args: readonly string[]): Command {
  const { values, positionals } = parse(args, HELP_FLAG)
  if (values.help === true) return { command: "help", about: "init" }
  const [folder, ...more] = positionals
  none(more, "init takes one folder")
  if (folder === undefined) {
    throw new UsageError("expected a folder: autonet-sim init DIR, found none")
  }
  return { command: "init", folder }
}

function parseList(command: ListCommand["command"], args: readonly string[]): Command {
  const { values, positionals } = parse(args, LIST_FLAGS)
  if (values.help === true) return { command: "help", about: command }
  const [pattern, ...more] = positionals
  none(more, `${command} takes one pattern`)
  return { command, pattern, json: values.json === true }
}

function parseCache(args: readonly string[]): Command {
  const { values, positionals } = parse(args, CACHE_FLAGS)
  if (values.help === true) return { command: "help", about: "cache" }
  const [action, ...more] = positionals
  none(more, "cache takes one action")
  if (action !== undefined && action !== "clear") {
    throw new UsageError(`cache: expected clear or nothing, found ${action}${didYouMean(action, ["clear"])}`)
  }
  const only = cacheKindNames.find((kind) => kind === values.only)
  if (values.only !== undefined && only === undefined) {
    const found = `${JSON.stringify(values.only)}${didYouMean(values.only, cacheKindNames)}`
    throw new UsageError(`--only: expected one of ${cacheKindNames.join(", ")}, found ${found}`)
  }
  if (action === undefined && only !== undefined) {
    throw new UsageError("--only says what to clear: autonet-sim cache clear --only KIND")
  }
  return { command: "cache", action: action ?? "show", only, json: values.json === true }
}

/** `parseArgs`, with errors that suggest the flag that was meant. */
function parse<const O extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: withNegatives(args, options), options, allowPositionals: true, strict: true })
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const flag = /'(--?[^']+)'/.exec(message)?.[1] ?? ""
      const known = Object.keys(options).map((name) => `--${name}`)
      throw new UsageError(`unknown option ${flag}${didYouMean(flag, known)}; known: ${known.join(" ")}`)
    }
    const missing = /'(?:-\w, )?--([a-z-]+)(?: <value>' argument missing|' argument is ambiguous)/.exec(
      message,
    )?.[1]
    if (missing !== undefined) {
      const what = EXPECTED[missing] ?? "a value"
      throw new UsageError(`--${missing}: expected ${what}, found nothing`)
    }
    if (code?.startsWith("ERR_PARSE_ARGS") === true) throw new UsageError(message.replaceAll("\n", " "))
    throw fault
  }
}

/** `--seed -1` as `--seed=-1`, so that the number is refused for what it is and not for its dash. */
function withNegatives(args: readonly string[], options: NonNullable<ParseArgsConfig["options"]>): string[] {
  const joined: string[] = []
  for (const arg of args) {
    const flag = joined.at(-1)
    const takesValue = flag?.startsWith("--") === true && options[flag.slice(2)]?.type === "string"
    if (takesValue && /^-\d/.test(arg)) joined[joined.length - 1] = `${flag}=${arg}`
    else joined.push(arg)
  }
  return joined
}

function none(extra: readonly string[], rule: string): void {
  if (extra.length > 0) throw new UsageError(`${rule}, found also ${extra.join(" ")}`)
}

function onlyWithout(flag: string, others: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) throw new UsageError(`--${flag} and --${name} exclude each other`)
  }
}

/** Refuses several names in one value, as other programs take them. */
function single(flag: string, names: readonly string[]): readonly string[] {
  for (const name of names) {
    const parts = name.split(/[\s,]+/).filter((part) => part !== "")
    if (parts.length < 2) continue
    const repeated = parts.map((part) => `--${flag} ${part}`).join(" ")
    const found = JSON.stringify(name)
    throw new UsageError(
      `--${flag}: expected one name, and the flag again for others (${repeated}), found ${found}`,
    )
  }
  return names
}

function wholeNumber(flag: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new UsageError(
    `--${flag}: expected a whole number from ${min} to ${max}, found ${JSON.stringify(text)}`,
  )
}

function share(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= 1) return value
  throw new UsageError(`--${flag}: expected a share from 0 to 1, such as 0.1, found ${JSON.stringify(text)}`)
}

function seconds(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (value > 0) return value
  throw new UsageError(
    `--${flag}: expected seconds above 0 and below 10000000, found ${JSON.stringify(text)}`,
  )
}

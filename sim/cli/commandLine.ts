/**
 * The command line as data.
 *
 * Parsed with Node's own `parseArgs`: `effect/cli` is unstable, needs a platform layer with a dozen packages, and its
 * help and exit codes would have to be replaced anyway.
 */
import type { ParseArgsConfig } from "node:util"
import { cacheKindNames, type CacheKind } from "../cache/cacheFolder.ts"
import { didYouMean } from "../scenario/didYouMean.ts"
import { DEFAULT_WATCHDOG_SECONDS } from "../experiment/watchdog.ts"
import { MAX_REPLICATES, MAX_RUN_SEED } from "../scenario/limits.ts"
import { duration, none, onlyWithout, parse, seconds, share, single, wholeNumber } from "./flags.ts"
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
  /** Patterns: what fits any of them is meant; all where empty. */
  readonly only: readonly string[]
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

/** What ships, who may take part, what there is to set, to switch off, to measure. */
export interface ListCommand {
  readonly command: "scenarios" | "agents" | "params" | "rules" | "metrics"
  readonly pattern: string | undefined
  readonly json: boolean
}

export interface CacheCommand {
  readonly command: "cache"
  readonly action: "show" | "clear"
  /** All kinds where empty. */
  readonly only: readonly CacheKind[]
  readonly json: boolean
}

export interface ReplayCommand {
  readonly command: "replay"
  /** A result file of an experiment's folder, or the folder. */
  readonly run: string
  readonly setting: string | undefined
  readonly seed: number | undefined
  readonly untilSeconds: number | undefined
  /** An agent, role, strategy, group or owner; undefined = everybody. */
  readonly agent: string | undefined
  readonly watchdogSeconds: number
}

export type Command =
  | RunCommand
  | TrialCommand
  | ReplayCommand
  | CacheCommand
  | { readonly command: "schema" }
  | ListCommand
  | { readonly command: "init"; readonly folder: string; readonly what: "scenario" | "strategy" }
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
  only: { type: "string", multiple: true },
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

const HELP_FLAG = { help: { type: "boolean", short: "h" } } as const satisfies ParseArgsConfig["options"]

const LIST_FLAGS = { ...HELP_FLAG, json: { type: "boolean" } } as const satisfies ParseArgsConfig["options"]

const INIT_FLAGS = {
  ...HELP_FLAG,
  strategy: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"]

const REPLAY_FLAGS = {
  ...HELP_FLAG,
  setting: { type: "string" },
  seed: { type: "string" },
  until: { type: "string" },
  agent: { type: "string" },
  watchdog: { type: "string" },
} as const satisfies ParseArgsConfig["options"]

const CACHE_FLAGS = {
  ...LIST_FLAGS,
  only: { type: "string", multiple: true },
} as const satisfies ParseArgsConfig["options"]

const COMMANDS = [
  "run",
  "trial",
  "replay",
  "scenarios",
  "agents",
  "params",
  "rules",
  "metrics",
  "schema",
  "init",
  "cache",
] as const

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
    case "replay":
      return parseReplay(rest)
    case "scenarios":
      return parseList("scenarios", rest)
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
  const { values, positionals } = parse(args, TRIAL_FLAGS, {
    only: "a part of the name of a trial, or with --canary of a rule",
  })
  if (values.help === true) return { command: "help", about: "trial" }
  if (values.out === "") throw new UsageError("expected a folder, found an empty name")
  if (values.canary === true) onlyWithout("canary", { search: values.search, replicates: values.replicates })
  return {
    command: "trial",
    files: positionals,
    only: values.only ?? [],
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
  const { values, positionals } = parse(args, INIT_FLAGS)
  if (values.help === true) return { command: "help", about: "init" }
  const [folder, ...more] = positionals
  none(more, "init takes one folder")
  const strategy = values.strategy === true
  if (folder === undefined) {
    throw new UsageError(
      `expected a folder: autonet-sim init ${strategy ? "--strategy " : ""}DIR, found none`,
    )
  }
  return { command: "init", folder, what: strategy ? "strategy" : "scenario" }
}

function parseReplay(args: readonly string[]): Command {
  const { values, positionals } = parse(args, REPLAY_FLAGS)
  if (values.help === true) return { command: "help", about: "replay" }
  const [run, ...more] = positionals
  none(more, "replay takes one run")
  if (run === undefined) {
    throw new UsageError("expected a run: autonet-sim replay out/NAME/runs/base-1.json, found none")
  }
  return {
    command: "replay",
    run,
    setting: values.setting,
    seed: wholeNumber("seed", values.seed, 0, MAX_RUN_SEED),
    untilSeconds: duration("until", values.until),
    agent: values.agent,
    watchdogSeconds: seconds("watchdog", values.watchdog) ?? DEFAULT_WATCHDOG_SECONDS,
  }
}

function parseList(command: ListCommand["command"], args: readonly string[]): Command {
  const { values, positionals } = parse(args, LIST_FLAGS)
  if (values.help === true) return { command: "help", about: command }
  const [pattern, ...more] = positionals
  none(more, `${command} takes one pattern`)
  return { command, pattern, json: values.json === true }
}

function parseCache(args: readonly string[]): Command {
  const { values, positionals } = parse(args, CACHE_FLAGS, {
    only: `a kind of what is kept: ${cacheKindNames.join(", ")}`,
  })
  if (values.help === true) return { command: "help", about: "cache" }
  const [action, ...more] = positionals
  none(more, "cache takes one action")
  if (action !== undefined && action !== "clear") {
    throw new UsageError(`cache: expected clear or nothing, found ${action}${didYouMean(action, ["clear"])}`)
  }
  const only = [...new Set(values.only ?? [])].map(cacheKind)
  if (action === undefined && only.length > 0) {
    throw new UsageError("--only says what to clear: autonet-sim cache clear --only KIND")
  }
  return { command: "cache", action: action ?? "show", only, json: values.json === true }
}

function cacheKind(name: string): CacheKind {
  const kind = cacheKindNames.find((each) => each === name)
  if (kind !== undefined) return kind
  const found = `${JSON.stringify(name)}${didYouMean(name, cacheKindNames)}`
  throw new UsageError(`--only: expected one of ${cacheKindNames.join(", ")}, found ${found}`)
}

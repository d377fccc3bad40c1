/** Loads a strategy from a file outside the program. */
import { Schema } from "effect"
import { roles } from "../agents/role.ts"
import type { AnyStrategy } from "../agents/strategy.ts"
import { HostCallTrapped, PromiseTrapped } from "../kernel/errors.ts"
import { armTraps, installTraps, trapPromises, uninstallTraps } from "../kernel/traps.ts"
import { restoreHost } from "./hostSnapshot.ts"
import { hostNow, leftBehind } from "./leavingNothing.ts"
import { StrategyFileRefused } from "./loadRefused.ts"
import { beginLoading } from "./moduleHooks.ts"
import { stdoutToStderr } from "./stdoutToStderr.ts"

export interface LoadedStrategy {
  readonly strategy: AnyStrategy
  /** SHA-256 of the file and its local imports, by their paths from the file's folder. */
  readonly modules: Readonly<Record<string, string>>
}

/** Longest that a file may wait at its top level. */
const PATIENCE_SECONDS = 10

/**
 * The strategy that a file exports, loaded anew at every call: calls share none of the file's variables. Rejects with
 * `StrategyFileRefused`. The file's code runs with the rights of the process.
 */
export async function loadStrategy(path: string, exportName: string): Promise<LoadedStrategy> {
  const refuse = (message: string) => new StrategyFileRefused({ file: path, message })
  const { module, modules } = await importAnew(path)
  const strategies = Object.entries(module).filter(([, value]) => looksLikeStrategy(value))
  const value = module[exportName]
  if (value === undefined) {
    const names = strategies.map(([name]) => `#${name}`).join(", ")
    const known = names === "" ? "it exports no strategy" : `it exports ${names}`
    const example =
      exportName === "default" ? "export default defineStrategy({ … })" : `export const ${exportName} = …`
    throw refuse(`expected ${example}, found no such export; ${known}`)
  }
  const problem = shapeProblem(value)
  if (problem !== undefined) throw refuse(`its export ${exportName} is no strategy: ${problem}`)
  return { strategy: value as AnyStrategy, modules }
}

type Modules = Pick<LoadedStrategy, "modules"> & { readonly module: Readonly<Record<string, unknown>> }

let last: Promise<unknown> = Promise.resolve()

/** One loading at a time: traps, stdout and what a file leaves behind are the whole process's. */
function importAnew(path: string): Promise<Modules> {
  const loaded = last.then(() => importNext(path))
  last = loaded.catch(() => undefined)
  return loaded
}

async function importNext(path: string): Promise<Modules> {
  // The program's own code may use the host while it loads.
  const before = await hostNow()
  const watch = watchOver(path)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const message = `it is not loaded after ${PATIENCE_SECONDS} s: it waits at its top level for what does not come`
    const error = new StrategyFileRefused({ file: path, message })
    timer = setTimeout(() => reject(error), PATIENCE_SECONDS * 1000)
  })
  let loading
  let left: readonly string[] = []
  try {
    const begun = beginLoading(path, watch.begin)
    loading = begun.loading
    const module = (await Promise.race([import(begun.url), late])) as Readonly<Record<string, unknown>>
    // It may have caught the error.
    if (watch.trapped !== undefined) throw watch.trapped
    watch.end()
    left = restoreHost(before)
    if (left.length > 0) throw new StrategyFileRefused({ file: path, message: leftBehind(left) })
    const modules = [...loading.modules].sort(([a], [b]) => (a < b ? -1 : 1))
    return { module, modules: Object.fromEntries(modules) }
  } catch (error) {
    throw new StrategyFileRefused({ file: path, message: reasonOf(error, path) })
  } finally {
    clearTimeout(timer)
    watch.end()
    restoreHost(before)
    if (loading !== undefined) loading.open = false
  }
}

/** Traps from the first statement of the file on. */
function watchOver(path: string) {
  let restore: (() => void) | undefined
  const end = () => {
    restore?.()
    restore = undefined
  }
  const onTrapped = (error: HostCallTrapped | PromiseTrapped) => {
    // Node makes promises of its own while it loads.
    if (error instanceof PromiseTrapped && !/\?outside=\d/.test(error.stack ?? "")) return
    watch.trapped ??= error
  }
  const watch = {
    trapped: undefined as HostCallTrapped | PromiseTrapped | undefined,
    begin: () => {
      end()
      installTraps()
      const untrapPromises = trapPromises()
      const stdout = stdoutToStderr()
      const before = armTraps({ runningAgent: () => path, onTrapped })
      restore = () => {
        armTraps(before)
        untrapPromises()
        stdout()
        uninstallTraps()
      }
    },
    end,
  }
  return watch
}

/** What went wrong while a file was loaded, without the loader's own frames. */
function reasonOf(error: unknown, path: string): string {
  if (error instanceof StrategyFileRefused) return where(error.file, path) + error.message
  if (error instanceof HostCallTrapped)
    return `it calls ${error.call} while it is loaded, which differs from run to run; use ${error.replacement}, in run`
  if (error instanceof PromiseTrapped) {
    const what = "an async function, .then, await, or a method that gives one"
    return `it makes a promise of the host while it is loaded${lineOf(error)}: ${what}; use Effect.gen, in run`
  }
  if (!(error instanceof Error)) return `it throws ${String(error)} while it is loaded`
  const at = lineOf(error)
  if (error instanceof SyntaxError)
    return `it can't be read${at}: ${error.message.replaceAll(/\?outside=\d+/g, "")}`
  return `it throws while it is loaded${at}: ${error.message}`
}

function lineOf({ stack = "" }: Error): string {
  // A syntax error's stack begins with its place in the file.
  const [place = ""] = stack.split("\n")
  const line = /^file:.*\?outside=\d+:(\d+)$/.exec(place)?.[1] ?? /\?outside=\d+:(\d+)/.exec(stack)?.[1]
  return line === undefined ? "" : ` (line ${line})`
}

const where = (file: string, path: string): string => (file === path ? "" : `${file}: `)

const looksLikeStrategy = (value: unknown): boolean => shapeProblem(value) === undefined

/** What keeps a value from being a strategy; undefined if nothing. */
function shapeProblem(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return `expected defineStrategy({ name, role, description, optionsSchema, run }), found ${kindOf(value)}`
  }
  const strategy = value as Record<string, unknown>
  const { name, role, description, optionsSchema, run } = strategy
  if (!roles.some((known) => known === role)) {
    return `role: expected one of ${roles.join(", ")}, found ${kindOf(role)}`
  }
  const prefix = `${String(role)}/`
  if (
    typeof name !== "string" ||
    !name.startsWith(prefix) ||
    !/^[a-z][a-z0-9-]*$/i.test(name.slice(prefix.length))
  ) {
    return `name: expected ${prefix} and a name of letters, digits and hyphens, found ${kindOf(name)}`
  }
  if (typeof description !== "string" || description === "") {
    return `description: expected one line that says what it does, found ${kindOf(description)}`
  }
  if (!Schema.isSchema(optionsSchema)) {
    return `optionsSchema: expected a Schema, such as Schema.Struct({}), found ${kindOf(optionsSchema)}`
  }
  if (typeof run !== "function") return `run: expected (agent, options) => an Effect, found ${kindOf(run)}`
  const other = ["extraAccounts", "buildsShare", "plants"].find(
    (key) => strategy[key] !== undefined && typeof strategy[key] !== "function",
  )
  return other && `${other}: expected a function of the options, found ${kindOf(strategy[other])}`
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "function") return "a function"
  return typeof value === "object" ? (Array.isArray(value) ? "a list" : "an object") : String(value)
}

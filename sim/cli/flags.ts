/** Flags of the command line: what each expects, and values that are refused for what they are. */
import { parseArgs, type ParseArgsConfig } from "node:util"
import { didYouMean } from "../scenario/didYouMean.ts"
import { parameterValue } from "../scenario/parameterValue.ts"
import { UsageError } from "./usageError.ts"

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
  setting: "the name of a setting: base, or a comparison's",
  until: "a time such as '3 h'",
  agent: "an agent, role, strategy, group or owner",
}

/** `parseArgs`, with errors that suggest the flag that was meant. `expected`: values of the command's own flags, in words. */
export function parse<const O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  expected: Readonly<Record<string, string>> = {},
) {
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
      const what = expected[missing] ?? EXPECTED[missing] ?? "a value"
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

export function none(extra: readonly string[], rule: string): void {
  if (extra.length > 0) throw new UsageError(`${rule}, found also ${extra.join(" ")}`)
}

export function onlyWithout(flag: string, others: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) throw new UsageError(`--${flag} and --${name} exclude each other`)
  }
}

/** Refuses several names in one value, as other programs take them. */
export function single(flag: string, names: readonly string[]): readonly string[] {
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

export function wholeNumber(
  flag: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new UsageError(
    `--${flag}: expected a whole number from ${min} to ${max}, found ${JSON.stringify(text)}`,
  )
}

export function share(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
  if (value >= 0 && value <= 1) return value
  throw new UsageError(`--${flag}: expected a share from 0 to 1, such as 0.1, found ${JSON.stringify(text)}`)
}

export function seconds(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (value > 0) return value
  throw new UsageError(
    `--${flag}: expected seconds above 0 and below 10000000, found ${JSON.stringify(text)}`,
  )
}

/** A time with its unit, as scenarios have them. */
export function duration(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = parameterValue(text, "seconds")
  if (typeof value === "bigint" && value >= 0n) return Number(value)
  throw new UsageError(`--${flag}: expected a time such as '3 h' or '90 min', found ${JSON.stringify(text)}`)
}

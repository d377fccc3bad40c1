/** Reads the options of a script: what it can't understand ends it with one line and exit code 2, `--help` with 0. */
import { parseArgs, type ParseArgsConfig } from "node:util"

type Options = NonNullable<ParseArgsConfig["options"]>

/** Ends the process with a line that says what was expected. */
export function refuseOptions(message: string): never {
  process.stderr.write(`${message}; see --help\n`)
  process.exit(2)
}

export function readOptions<const O extends Options>(options: O, help: string) {
  if (process.argv.slice(2).some((arg) => arg === "--help" || arg === "-h")) {
    process.stdout.write(help)
    process.exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException
    if (code?.startsWith("ERR_PARSE_ARGS") !== true) throw fault
    const valueless = /'(--[a-z-]+)(?: <value>' argument missing|' argument is ambiguous)/.exec(message)?.[1]
    if (valueless !== undefined) return refuseOptions(`${valueless}: expected a value, found none`)
    const [line = message] = message.split(/\. |\n/)
    return refuseOptions(line)
  }
}

/** A whole number, at least `min`, as text in digits. */
export function wholeNumber(flag: string, text: string, min: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min) return value
  return refuseOptions(`${flag}: expected a whole number from ${min}, found ${JSON.stringify(text)}`)
}

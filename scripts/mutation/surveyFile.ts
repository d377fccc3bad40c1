/** What each test reaches, kept beside the journal: on a busy machine finding it out takes minutes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { TestRecord } from "./messages.ts"

interface Survey {
  readonly build: string
  readonly tests: readonly TestRecord[]
}

const fileIn = (directory: string): string => join(directory, "survey.json")

/** The survey of this build; absent where the last one was of another, or its file is damaged. */
export const readSurvey = (directory: string, build: string): readonly TestRecord[] | undefined => {
  try {
    const survey = JSON.parse(readFileSync(fileIn(directory), "utf8")) as Survey
    return survey.build === build ? survey.tests : undefined
  } catch {
    return undefined
  }
}

export const writeSurvey = (directory: string, build: string, tests: readonly TestRecord[]): void => {
  mkdirSync(directory, { recursive: true })
  const survey: Survey = { build, tests }
  writeFileSync(`${fileIn(directory)}.part`, JSON.stringify(survey))
  renameSync(`${fileIn(directory)}.part`, fileIn(directory))
}

/** Starts the real program as a process, for tests. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"
import { scenarioText } from "../experiment/experimentOf.ts"

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly pid: number
  readonly kill: (signal: NodeJS.Signals) => void
  /** Resolves when stderr has shown the text. */
  readonly shown: (text: string) => Promise<void>
  readonly ended: Promise<Ended>
}

const launcher = fileURLToPath(new URL("../../sim/cli/autonet-sim.js", import.meta.url))
const onFixture = fileURLToPath(new URL("../fixtures/cliOnFixtureWorld.ts", import.meta.url))

const start = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Started => {
  const child = spawn(process.execPath, [...args], { cwd, env: { ...process.env, ...env } })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk) => (stdout += String(chunk)))
  child.stderr.on("data", (chunk) => (stderr += String(chunk)))
  onTestFinished(() => void child.kill("SIGKILL"))
  const shown = async (text: string) => {
    while (!stderr.includes(text)) await once(child.stderr, "data")
  }
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return { pid: child.pid!, kill: (signal) => child.kill(signal), shown, ended }
}

/** The launcher, as a user starts it. */
export const autonetSim = (args: readonly string[], cwd = tmpdir(), env: NodeJS.ProcessEnv = {}) =>
  start([launcher, ...args], cwd, env)

/** The command line on the world of a fixture. */
export const onWorld = (world: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
  start([onFixture, world, ...args], cwd, env)

/** A folder with `small.yaml` in it, gone after the test. */
export const studyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  writeFileSync(join(folder, "small.yaml"), scenarioText)
  return folder
}

/** Foundry's node, from its npm package, as a child process that never outlives this one. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { AnvilGenesis } from "./anvilGenesis.ts"

const version = "1.7.1"
const installFolder = join(import.meta.dirname, "../../../out/anvil")

const packages: Readonly<Record<string, string>> = {
  "linux-x64": "anvil-linux-amd64",
  "linux-arm64": "anvil-linux-arm64",
  "darwin-x64": "anvil-darwin-amd64",
  "darwin-arm64": "anvil-darwin-arm64",
  "win32-x64": "anvil-win32-amd64",
}

/**
 * Or the reason why there is none. The package of this platform is installed on demand, below `out`: the package that
 * would choose among the platforms can't be locked where a registry lacks one of them.
 */
export const findAnvil = (): { readonly binary: string } | string => {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined) return `there is no anvil for ${platform}`
  const file = process.platform === "win32" ? "anvil.exe" : "anvil"
  const binary = join(installFolder, "node_modules/@foundry-rs", name, "bin", file)
  if (existsSync(binary)) return { binary }
  const wanted = `@foundry-rs/${name}@${version}`
  try {
    mkdirSync(installFolder, { recursive: true })
    const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", installFolder]
    execFileSync("npm", ["install", ...options, wanted], { stdio: "ignore" })
    return { binary }
  } catch {
    return `npm could not install ${wanted}`
  }
}

export interface AnvilProcess {
  readonly url: string
  /** Of all its threads so far; undefined outside Linux. */
  cpuSeconds(): number | undefined
  /** In main memory; undefined outside Linux. */
  residentBytes(): number | undefined
  stop(): void
}

const running = new Set<() => void>()
const stopAll = (): void => running.forEach((stop) => stop())
process.on("exit", stopAll)
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => process.exit(code))
}

const argumentsFor = (port: number, genesisFile: string, genesis: Omit<AnvilGenesis, "file">): string[] =>
  [
    `--port ${port} --number ${genesis.number} --timestamp ${genesis.timestampSeconds}`,
    "--hardfork cancun --chain-id 1 --base-fee 0 --gas-price 0 --disable-min-priority-fee",
    "--no-mining --order fifo --auto-impersonate --accounts 0 --disable-default-create2-deployer",
    "--no-cors --no-request-size-limit --prune-history",
  ]
    .flatMap((line) => line.split(" "))
    .concat("--init", genesisFile)

/** Starts a node with this genesis file and waits until it listens. Mines nothing by itself. */
export const startAnvil = async (binary: string, genesis: AnvilGenesis): Promise<AnvilProcess> => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-anvil-"))
  const genesisFile = join(folder, "genesis.json")
  writeFileSync(genesisFile, genesis.file)
  const port = await freePort()
  const child = spawn(binary, argumentsFor(port, genesisFile, genesis), {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  })
  const stop = (): void => {
    running.delete(stop)
    child.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
  running.add(stop)
  await untilListening(child)
  const url = `http://127.0.0.1:${port}`
  const pid = child.pid as number
  return { url, cpuSeconds: () => cpuSecondsOf(pid), residentBytes: () => residentBytesOf(pid), stop }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no free port")),
      )
    })
  })

const startSeconds = 20

const untilListening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ""
    const fail = (why: string) => reject(new Error(`anvil ${why}; it said:\n${said}`))
    const timer = setTimeout(
      () => fail(`did not listen within ${startSeconds} seconds`),
      startSeconds * 1_000,
    )
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4_000)
      if (!said.includes("Listening on")) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.once("error", (error) => fail(`could not be started (${error.message})`))
    child.once("exit", (code) => fail(`ended with code ${code}`))
  })

/** The first number of `schedstat`: nanoseconds that a thread spent on a core. */
const cpuSecondsOf = (pid: number): number | undefined => {
  if (process.platform !== "linux") return undefined
  const tasks = `/proc/${pid}/task`
  const nanoseconds = readdirSync(tasks).reduce((sum, thread) => sum + threadNanoseconds(tasks, thread), 0)
  return nanoseconds / 1e9
}

/** A thread may end while it is looked at. */
const threadNanoseconds = (tasks: string, thread: string): number => {
  try {
    return Number(readFileSync(join(tasks, thread, "schedstat"), "utf8").split(" ")[0])
  } catch {
    return 0
  }
}

const residentBytesOf = (pid: number): number | undefined => {
  if (process.platform !== "linux") return undefined
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
  return match === null ? undefined : Number(match[1]) * 1_024
}

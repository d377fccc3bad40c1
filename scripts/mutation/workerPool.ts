/** Worker processes, each with the same build; one that takes too long is ended and replaced. */
import { type ChildProcess, fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Reply, Request } from "./messages.ts"

const workerFile = fileURLToPath(new URL("./worker.ts", import.meta.url))

export class TookTooLong extends Error {}

export interface WorkerOptions {
  readonly cacheDirectory: string
  readonly testDirectory: string
}

export class AnalysisWorker {
  #process: ChildProcess
  readonly #options: WorkerOptions

  constructor(options: WorkerOptions) {
    this.#options = options
    this.#process = this.#start()
  }

  #start(): ChildProcess {
    const { cacheDirectory, testDirectory } = this.#options
    return fork(workerFile, [cacheDirectory, testDirectory], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    })
  }

  /** Rejects with `TookTooLong` after ending the process; the next request goes to a new one. */
  ask(request: Request, limitMilliseconds: number): Promise<Reply> {
    const worker = this.#process
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer)
        worker.off("message", onReply)
        worker.off("exit", onExit)
        act()
      }
      const onReply = (reply: Reply) =>
        finish(() => (reply.kind === "failed" ? reject(new Error(reply.message)) : resolve(reply)))
      const onExit = () =>
        finish(() => {
          this.#process = this.#start()
          reject(new TookTooLong("the worker ended"))
        })
      const timer = setTimeout(() => worker.kill("SIGKILL"), limitMilliseconds)
      worker.on("message", onReply)
      worker.on("exit", onExit)
      worker.send(request)
    })
  }

  close(): void {
    this.#process.removeAllListeners("exit")
    this.#process.kill()
  }
}

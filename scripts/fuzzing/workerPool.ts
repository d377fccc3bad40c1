/** Processes that run chunks. One that ends, or takes too long, is replaced, and its chunk is a failure. */
import { type ChildProcess, fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { ChunkRequest } from "../../test/fuzz/evm/chunk.ts"
import type { Done, Reply } from "./messages.ts"

const workerFile = fileURLToPath(new URL("./worker.ts", import.meta.url))

export class ChunkFailed extends Error {
  override readonly name = "ChunkFailed"
}

export class FuzzWorker {
  #process: ChildProcess = fork(workerFile)

  /** Rejects with `ChunkFailed`. */
  run(request: ChunkRequest, limitMilliseconds: number): Promise<Done> {
    const worker = this.#process
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer)
        worker.removeAllListeners()
        act()
      }
      const fail = (why: string): void =>
        settle(() => {
          worker.kill("SIGKILL")
          this.#process = fork(workerFile)
          reject(new ChunkFailed(`Chunk ${request.chunk} of seed ${request.seed} ${why}.`))
        })
      const timer = setTimeout(
        () => fail(`has not ended after ${limitMilliseconds / 60_000} minutes`),
        limitMilliseconds,
      )
      worker.once("exit", (code) => fail(`ended its process with code ${code}`))
      worker.once("message", (reply: Reply) => {
        if (reply.kind === "failed") fail(`failed: ${reply.message}`)
        else settle(() => resolve(reply))
      })
      worker.send(request)
    })
  }

  close(): void {
    this.#process.removeAllListeners()
    this.#process.kill()
  }
}

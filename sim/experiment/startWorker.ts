import { Worker } from "node:worker_threads"

/** A worker thread whose stdout goes to stderr: a strategy may print, and stdout is for what the program says. */
export function startWorker(file: URL, workerData: unknown): Worker {
  const worker = new Worker(file, { workerData, stdout: true })
  worker.stdout.on("data", (chunk: Buffer) => void process.stderr.write(chunk))
  return worker
}

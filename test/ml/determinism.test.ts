import { execFile } from "node:child_process"
import { once } from "node:events"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Worker } from "node:worker_threads"
import { describe, expect, test } from "vitest"
import { trainedDigest } from "./trainedDigest.ts"

const script = fileURLToPath(new URL("trainedDigest.ts", import.meta.url))

/** What the script prints when it runs as a worker thread. */
const inWorker = async (): Promise<string> => {
  const worker = new Worker(script, { execArgv: [], stdout: true })
  const output = text(worker.stdout)
  await once(worker, "exit")
  return output
}

describe("the same training on WebAssembly", () => {
  test("gives the same bytes twice in one process, in another process, and in a worker thread", async () => {
    const here = await trainedDigest()
    const elsewhere = await Promise.all([
      trainedDigest(),
      inWorker(),
      // Another time zone and locale, and a `fetch` that fails: nothing of the host enters, nothing is downloaded.
      promisify(execFile)(
        process.execPath,
        [
          "--import",
          "data:text/javascript,globalThis.fetch = () => { throw new Error('no network') }",
          script,
        ],
        { env: { ...process.env, TZ: "Pacific/Chatham", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" } },
      ).then(({ stdout, stderr }) => {
        expect(stderr).toBe("")
        return stdout
      }),
    ])
    expect(elsewhere).toEqual([here, here, here])
  })

  test("gives the bytes that are pinned for x64: a change of them is a decision", async () => {
    const [perceptrons, convolutional] = (await trainedDigest()).split(" ")
    expect(perceptrons).toMatchInlineSnapshot(
      `"2005201256e438fad30f128ea71f877d23aca34c4c735eb459bd3721e36c01b0"`,
    )
    expect(convolutional).toMatchInlineSnapshot(
      `"c0eae40d692abecd3434d723d036c9d5d3e595e03a8f29f4661a3cc3cd60f3c3"`,
    )
  })
})

/** A thread that hammers a store whose entries others hammer as well, and counts what it is given. */
import { rmSync, truncateSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"
import { fileOfKey } from "../../sim/cache/cacheFolder.ts"
import { createDiskStore } from "../../sim/cache/diskStore.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

if (parentPort === null) throw new Error("racer.ts is started as a worker thread")
const port = parentPort
const { folder, seed } = workerData as { folder: string; seed: number }
// Room for about half of the entries, so that they are evicted all the time.
const store = createDiskStore({ folder, limitBytes: 10 * 16_384 })
const stream = deriveStream(String(seed), "racer")

/** Bytes that belong to the key, of a length that depends on the round. */
const bytesOf = (name: number, length: number): Uint8Array => new Uint8Array(length).fill(name)

let hits = 0
let wrong = 0
for (let round = 0; round < 800; round++) {
  const name = stream.int(0, 19)
  const key = sha256Hex(String(name))
  const turn = stream.int(0, 19)
  if (turn < 8) store.set(key, bytesOf(name, stream.int(1, 16_000)))
  else if (turn === 8) rmSync(fileOfKey(folder, key), { force: true })
  else if (turn === 9) damage(fileOfKey(folder, key))
  else {
    const found = store.get(key)
    if (found !== undefined) {
      hits++
      if (found.some((byte) => byte !== name)) wrong++
    }
  }
}

function damage(file: string): void {
  try {
    truncateSync(file, 100)
  } catch {
    // Nobody has written it yet, or another has removed it.
  }
}

port.postMessage({ hits, wrong })

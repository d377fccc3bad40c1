import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void

/** What the process holds on to: JavaScript's heap and what lies beside it, buffers and WebAssembly's linear memories. */
export const heapBytes = async (): Promise<number> => {
  for (let times = 0; times < 3; times++) {
    collectGarbage()
    // What waits for a finaliser goes in the next turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

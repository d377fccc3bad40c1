/** Finds a worker in which one resume of a fiber does not end. Watches from outside, in real time. */
import { readPulse, type Pulse } from "./sharedHeartbeat.ts"

/** Longest that one resume of a fiber may take, in seconds of real time, unless asked otherwise. */
export const DEFAULT_WATCHDOG_SECONDS = 60

/** Calls `onHang` once, when the same resume has lasted `limitSeconds`. Returns a function that ends the watch. */
export function watch(
  memory: SharedArrayBuffer,
  limitSeconds: number,
  onHang: (pulse: Pulse) => void,
): () => void {
  const periodMs = Math.min(1000, Math.max(20, (limitSeconds * 1000) / 10))
  let last = readPulse(memory)
  let since = performance.now()
  const timer = setInterval(() => {
    const pulse = readPulse(memory)
    const now = performance.now()
    if (!pulse.resumed || pulse.beats !== last.beats) {
      last = pulse
      since = now
    } else if (now - since >= limitSeconds * 1000) {
      clearInterval(timer)
      onHang(pulse)
    }
  }, periodMs)
  return () => clearInterval(timer)
}

/**
 * Ctrl-C and its relatives as an `AbortSignal`.
 *
 * The first ends the experiment cleanly; another one, a while later, ends the process at once. Signals close together
 * are one: a terminal sends Ctrl-C to the launcher and to its child, and the launcher passes it on.
 */
import { EXIT } from "./exitCodes.ts"

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const
const ONE_PRESS_MS = 150

export interface Interruption {
  readonly signal: AbortSignal
  readonly stop: () => void
}

export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  let firstMs = Number.NaN
  const interrupt = () => {
    if (!controller.signal.aborted) {
      firstMs = performance.now()
      controller.abort()
    } else if (performance.now() - firstMs > ONE_PRESS_MS) process.exit(EXIT.interrupted)
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  // The launcher holds a channel to this process; when it is killed, the channel closes.
  process.on("disconnect", interrupt)
  process.channel?.unref()
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, interrupt)
      process.off("disconnect", interrupt)
    },
  }
}

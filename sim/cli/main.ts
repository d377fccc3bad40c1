/** Entry point of the program proper; `autonet-sim.js` starts it on the pinned Node. */
import { EXIT } from "./exitCodes.ts"

const PINNED = "24."

// A reader such as `head` may close the pipe early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit()
  throw error
})

if (process.versions.node.startsWith(PINNED)) {
  const { program } = await import("./program.ts")
  const { protocolWorld } = await import("./protocolWorld.ts")
  process.exitCode = await program(process.argv.slice(2), protocolWorld)
} else {
  process.stderr.write(
    `expected Node ${PINNED}x, found ${process.version}: start the program with autonet-sim or npm run sim, ` +
      "which use the Node that it is pinned to\n",
  )
  process.exitCode = EXIT.badInput
}

/**
 * Plays a scenario whose strategy lies in a file twice, on one worker, in a process of its own: Node itself loads the
 * file, as it does for a user. Prints as JSON the digests of its runs.
 */
import { playExperiment } from "../run/playExperiment.ts"

const [file = ""] = process.argv.slice(2)

const results = await playExperiment(file, ["replicates=2"], 1)
console.log(JSON.stringify(results.map(({ digest }) => digest)))

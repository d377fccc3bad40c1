/** Prints the digest of the small run: started in other processes, with other time zones and locales. */
import { playScenario } from "./playScenario.ts"

const { digest } = await playScenario()
console.log(digest)

/** What a run has to have tried before its agreement means anything. */
import { type Tally, longEnough } from "./coverage.ts"
import { opcodes } from "./opcodes.ts"
import { situations } from "./situations.ts"

/** Over a million programs every opcode succeeds at least so often; in proportion over fewer. */
const successesPerMillion = 1_000
/** And so often gets a program into each of the situations; over few programs into none that is so rare. */
const situationsPerMillion = 100
const million = 1_000_000

/** The targets that were missed, in words. */
export const missedTargets = (tally: Tally): readonly string[] => {
  const least = Math.floor((successesPerMillion * tally.programs) / million)
  const rare = opcodes.filter(({ code }) => (tally.successes[code] as number) < Math.max(1, least))
  const missed = rare.map(
    ({ code, name }) => `${name} succeeded ${tally.successes[code]} times; ${Math.max(1, least)} are needed`,
  )
  if (2 * tally.longPrograms < tally.programs) {
    missed.push(
      `${tally.longPrograms} of ${tally.programs} programs got past ${longEnough} instructions; half are needed`,
    )
  }
  const leastSeen = Math.floor((situationsPerMillion * tally.programs) / million)
  for (const situation of situations) {
    const seen = tally.situations[situation] ?? 0
    if (seen < leastSeen) missed.push(`${situation}: ${seen} times; ${leastSeen} are needed`)
  }
  return missed
}

/**
 * Successive halving (Jamieson and Talwalkar 2016): many settings on one seed, the best of them on more, the best of
 * those on more still, so that the budget goes where it tells.
 */

export interface Rung {
  /** How many settings go on, the best of those before. */
  readonly keep: number
  /** The seeds on which they are played now, beside those of the rungs before. */
  readonly seeds: readonly number[]
}

/** What one run is worth to whoever searches; null where it has no value, which is worse than any. */
export type PlaySetting<S> = (setting: S, seed: number) => Promise<number | null>

export interface Searched<S> {
  readonly setting: S
  /** Place in the list of settings, from 0. */
  readonly place: number
  /** Mean over all seeds that it was played on; null where a run had no value. */
  readonly score: number | null
  /** Seeds that it was played on. */
  readonly seeds: number
}

export interface HalvingReport<S> {
  /** The best of the settings that came through all rungs; the earliest one where several are. */
  readonly best: Searched<S>
  /** The settings that came through all rungs, the best first. */
  readonly finalists: readonly Searched<S>[]
  /** All settings, in their order. */
  readonly settings: readonly Searched<S>[]
  readonly runs: number
}

/** Rejects where `play` does. Throws a `RangeError` without settings. */
export async function successiveHalving<S>(
  settings: readonly S[],
  rungs: readonly Rung[],
  play: PlaySetting<S>,
): Promise<HalvingReport<S>> {
  if (settings.length === 0) throw new RangeError("a search needs at least one setting")
  const values = settings.map((): (number | null)[] => [])
  let running = settings.map((_, place) => place)
  for (const { keep, seeds } of rungs) {
    running = best(running, values).slice(0, keep)
    await Promise.all(
      running.flatMap((place) =>
        seeds.map(async (seed) => void values[place]!.push(await play(settings[place]!, seed))),
      ),
    )
  }
  const searched = settings.map((setting, place) => ({
    setting,
    place,
    score: scoreOf(values[place]!),
    seeds: values[place]!.length,
  }))
  const finalists = best(running, values).map((place) => searched[place]!)
  return {
    best: finalists[0]!,
    finalists,
    settings: searched,
    runs: values.reduce((sum, { length }) => sum + length, 0),
  }
}

/** Places from the best score to the worst; those that are equal keep their order. */
function best(places: readonly number[], values: readonly (readonly (number | null)[])[]): number[] {
  const score = (place: number) => scoreOf(values[place]!) ?? Number.NEGATIVE_INFINITY
  return places.toSorted((a, b) => {
    const [left, right] = [score(a), score(b)]
    return left === right ? a - b : right - left
  })
}

/** Summed in the order of size, so that the order in which runs were done leaves no mark. */
function scoreOf(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (values.length === 0 || numbers.length < values.length) return null
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

/** Contributions for tests of aggregation, as given and as fast-check draws them. */
import * as fc from "fast-check"
import type { Contribution } from "../../ml/aggregation/contribution.ts"

export const contribution = (name: string, values: readonly number[], samples = 1): Contribution => ({
  name,
  values: Float32Array.from(values),
  samples,
})

/** One contribution a value, named in order: a, b, c, … */
export const ofOneWeight = (...values: readonly number[]): readonly Contribution[] =>
  values.map((value, i) => contribution(String.fromCharCode(97 + i), [value]))

/** Minus zero is zero to every rule: two that agree may differ in its sign. */
const anyWeight = fc.float({ min: -1_000, max: 1_000, noNaN: true }).map((weight) => weight + 0)

/** Up to `maxClients` contributions of one length, with names, values and claims of any kind. */
export const anyContributions = ({ minClients = 1, maxClients = 8 } = {}) =>
  fc.integer({ min: 1, max: 5 }).chain((length) =>
    fc.uniqueArray(
      fc.record({
        name: fc.string({ maxLength: 4 }),
        values: fc
          .array(anyWeight, { minLength: length, maxLength: length })
          .map((values) => Float32Array.from(values)),
        samples: fc.integer({ min: 1, max: 10_000 }),
      }),
      { selector: (entry) => entry.name, minLength: minClients, maxLength: maxClients },
    ),
  )

/** The same in any order. */
export const shuffledBy = (keys: Iterator<number>, given: readonly Contribution[]): readonly Contribution[] =>
  given
    .map((entry) => ({ entry, key: keys.next().value as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry)

/** Values of weight i, ascending. */
export const columnOf = (given: readonly Contribution[], i: number): readonly number[] =>
  given.map(({ values }) => values[i]!).sort((a, b) => a - b)

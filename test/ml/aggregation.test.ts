import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { aggregate } from "../../ml/aggregation/aggregate.ts"
import { AggregationRuleInvalid, type AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import { AggregationInvalid } from "../../ml/aggregation/contribution.ts"
import { fedAvg } from "../../ml/aggregation/fedAvg.ts"
import { krum } from "../../ml/aggregation/krum.ts"
import { median } from "../../ml/aggregation/median.ts"
import { multiKrum } from "../../ml/aggregation/multiKrum.ts"
import { clipNorm, normOf } from "../../ml/aggregation/normClipping.ts"
import { trimmedEachSide, trimmedMean } from "../../ml/aggregation/trimmedMean.ts"
import { anyContributions, columnOf, contribution, ofOneWeight, shuffledBy } from "./contributions.ts"

const anyRule: fc.Arbitrary<AggregationRule> = fc.oneof(
  fc.constant<AggregationRule>({ kind: "fedAvg" }),
  fc.constant<AggregationRule>({ kind: "median" }),
  fc.record({
    kind: fc.constant("trimmedMean" as const),
    share: fc.double({ min: 0, max: 0.49, noNaN: true }),
  }),
  fc.record({ kind: fc.constant("krum" as const), byzantine: fc.nat(4) }),
  fc.record({ kind: fc.constant("multiKrum" as const), byzantine: fc.nat(4) }),
  fc.record({
    kind: fc.constant("multiKrum" as const),
    byzantine: fc.nat(4),
    keep: fc.integer({ min: 1, max: 9 }),
  }),
)

/** A mean is rounded to float32 once. */
const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= Math.fround(low) && value <= Math.fround(high)

describe("every rule", () => {
  test("gives the same bits in whatever order contributions come, and stays among their values", () => {
    fc.assert(
      fc.property(
        anyContributions({ maxClients: 60 }),
        anyRule,
        fc.option(fc.double({ min: 0.1, max: 100, noNaN: true }), { nil: undefined }),
        fc.infiniteStream(fc.nat()),
        (given, rule, maxNorm, keys) => {
          const options = maxNorm === undefined ? { rule } : { rule, maxNorm }
          const result = aggregate(given, options)
          expect(aggregate(shuffledBy(keys, given), options)).toEqual(result)
          result.forEach((value, i) => {
            const column = columnOf(given, i)
            // Clipping pulls towards zero.
            expect(within(value, [Math.min(0, column[0]!), Math.max(0, column.at(-1)!)])).toBe(true)
          })
        },
      ),
    )
  })

  test("leaves one contribution as it is", () => {
    fc.assert(
      fc.property(anyContributions({ maxClients: 1 }), anyRule, (given, rule) => {
        // A sum that starts at 0 turns −0 into 0.
        const plain = (values: Float32Array): readonly number[] => [...values].map((value) => value + 0)
        expect(plain(aggregate(given, { rule }))).toEqual(plain(given[0]!.values))
      }),
    )
  })

  test("touches nothing that it is given", () => {
    const given = ofOneWeight(3, 1, 2)
    const rules: AggregationRule[] = [{ kind: "median" }, { kind: "krum", byzantine: 1 }]
    for (const rule of rules) aggregate(given, { rule, maxNorm: 1 })[0] = 9
    expect(given).toEqual(ofOneWeight(3, 1, 2))
  })

  test.each<AggregationRule>([
    { kind: "fedAvg" },
    { kind: "median" },
    { kind: "trimmedMean", share: 0.2 },
    { kind: "krum", byzantine: 1 },
    { kind: "multiKrum", byzantine: 1 },
  ])("$kind refuses contributions that don't belong together", (rule) => {
    const wrong = [
      [],
      [contribution("a", [1]), contribution("a", [1])],
      [contribution("a", [1]), contribution("b", [1, 2])],
      [contribution("a", [NaN])],
      [contribution("a", [Infinity]), contribution("b", [0])],
    ]
    for (const given of wrong) {
      expect(() => aggregate(given, { rule })).toThrow(AggregationInvalid)
      expect(() => aggregate(given, { rule, maxNorm: 1 })).toThrow(AggregationInvalid)
    }
  })

  test.each([
    ["share", { rule: { kind: "trimmedMean", share: 0.5 } }],
    ["share", { rule: { kind: "trimmedMean", share: -0.1 } }],
    ["byzantine", { rule: { kind: "krum", byzantine: -1 } }],
    ["byzantine", { rule: { kind: "multiKrum", byzantine: 0.5 } }],
    ["keep", { rule: { kind: "multiKrum", byzantine: 1, keep: 0 } }],
    ["maxSamples", { rule: { kind: "fedAvg" }, maxSamples: 0 }],
    ["maxNorm", { rule: { kind: "median" }, maxNorm: NaN }],
  ] as const)("is refused with a %s that makes no sense", (field, options) => {
    expect(() => aggregate(ofOneWeight(1, 2), options)).toThrow(AggregationRuleInvalid)
    expect(() => aggregate(ofOneWeight(1, 2), options)).toThrow(field)
  })
})

/** Honest values, and fewer liars than half who say whatever they like. */
const outvoted = fc
  .tuple(
    fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
    fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 59 }),
    fc.infiniteStream(fc.nat()),
  )
  .map(([honest, lies, keys]) => {
    const told = lies.slice(0, honest.length - 1)
    const named = [...honest, ...told].map((value, i) =>
      contribution(`${keys.next().value as number}/${i}`, [value]),
    )
    return { honest, lies: told, given: named }
  })

const rangeOf = (values: readonly number[]): readonly [number, number] => [
  Math.min(...values),
  Math.max(...values),
]

describe("the median", () => {
  test("stays among honest values as long as fewer than half lie, whatever they say and claim", () => {
    fc.assert(
      fc.property(outvoted, ({ honest, given }) => {
        expect(within(median(given)[0]!, rangeOf(honest))).toBe(true)
      }),
    )
  })

  test("is half of the two in the middle where the number is even", () => {
    expect(median(ofOneWeight(9, 1, 2, 4))[0]).toBe(3)
  })
})

describe("the trimmed mean", () => {
  test("stays among honest values as long as no more lie than are trimmed on a side", () => {
    fc.assert(
      fc.property(outvoted, ({ honest, lies, given }) => {
        const share = Math.min(0.499, lies.length / given.length)
        fc.pre(trimmedEachSide(share, given.length) >= lies.length)
        expect(within(trimmedMean(given, share)[0]!, rangeOf(honest))).toBe(true)
      }),
    )
  })

  test("is the plain mean where nothing is trimmed, and close to the median where all but the middle is", () => {
    fc.assert(
      fc.property(anyContributions({ minClients: 3, maxClients: 9 }), (given) => {
        const equal = given.map((entry) => ({ ...entry, samples: 1 }))
        expect(trimmedMean(given, 0)).toHaveLength(equal[0]!.values.length)
        trimmedMean(given, 0).forEach((value, i) => expect(value).toBeCloseTo(fedAvg(equal)[i]!, 3))
        if (given.length % 2 === 1) expect(trimmedMean(given, 0.4999)).toEqual(median(given))
      }),
    )
  })

  test("trims whole numbers whatever binary fractions make of the share", () => {
    expect([trimmedEachSide(0.29, 100), trimmedEachSide(0.1, 30), trimmedEachSide(0.2, 4)]).toEqual([
      29, 3, 0,
    ])
  })
})

describe("Krum", () => {
  test("picks one of the updates, and Multi-Krum that keeps one picks the same", () => {
    fc.assert(
      fc.property(anyContributions(), fc.nat(4), (given, byzantine) => {
        const picked = krum(given, byzantine)
        expect(given.map(({ values }) => values)).toContainEqual(picked)
        expect(multiKrum(given, { byzantine, keep: 1 })).toEqual(picked)
      }),
    )
  })

  test("picks an honest update of a crowd when liars, however many of them agree, are within its theory", () => {
    const updates = fc.integer({ min: 1, max: 3 }).chain((byzantine) =>
      fc.record({
        byzantine: fc.constant(byzantine),
        honest: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
          minLength: byzantine + 3,
          maxLength: byzantine + 8,
        }),
        lie: fc.float({ min: 100, max: 1_000, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(updates, ({ byzantine, honest, lie }) => {
        const given = ofOneWeight(...Array.from({ length: byzantine }, () => lie), ...honest)
        expect(honest).toContain(krum(given, byzantine)[0])
        expect(within(multiKrum(given, { byzantine })[0]!, rangeOf(honest))).toBe(true)
      }),
    )
  })

  test("keeps all but the assumed attackers by default, and never more than there are", () => {
    expect(multiKrum(ofOneWeight(0, 2, 100), { byzantine: 1 })[0]).toBe(1)
    expect(multiKrum(ofOneWeight(0, 2, 100), { byzantine: 1, keep: 9 })[0]).toBe(34)
    expect(multiKrum(ofOneWeight(0, 2), { byzantine: 5 })[0]).toBe(0)
  })
})

describe("norm clipping", () => {
  const update = fc
    .array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
    .map((values) => Float32Array.from(values))
  const maxNorm = fc.double({ min: 1e-3, max: 1e6, noNaN: true })

  test("never lengthens, ends at the bound, keeps the direction, and leaves short updates alone", () => {
    fc.assert(
      fc.property(update, maxNorm, (values, bound) => {
        const clipped = clipNorm(values, bound)
        if (normOf(values) <= bound) expect(clipped).toBe(values)
        else expect(normOf(clipped) / bound).toBeCloseTo(1, 6)
        clipped.forEach((value, i) => {
          expect(Math.abs(value)).toBeLessThanOrEqual(Math.abs(values[i]!))
          expect(value * values[i]!).toBeGreaterThanOrEqual(0)
        })
      }),
    )
  })

  test("bounds what one of n can do to the average, however long its update", () => {
    const given = [...ofOneWeight(0, 0, 0), contribution("z", [1e30])]
    expect(aggregate(given, { rule: { kind: "fedAvg" }, maxNorm: 2 })[0]).toBe(0.5)
  })
})

describe("the cap on samples", () => {
  test("bounds anyone's weight: at most cap / (cap + what the others claim below it)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        (honest, boast) => {
          const given = [
            ...honest.map((samples, i) => contribution(`honest/${i}`, [0], samples)),
            contribution("boaster", [1], boast),
          ]
          const total = honest.reduce((sum, samples) => sum + samples, 0)
          const [moved] = aggregate(given, { rule: { kind: "fedAvg" }, maxSamples: 600 })
          expect(moved).toBeLessThanOrEqual(Math.fround(600 / (600 + total)))
        },
      ),
    )
  })
})

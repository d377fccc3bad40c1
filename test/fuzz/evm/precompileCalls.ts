/** Calls of the precompiled contracts 1 to 9, with inputs that are valid, nearly valid and not valid. */
import * as fc from "fast-check"
import { sign } from "viem/accounts"
import { type Hex, concatHex, hexToBytes, pad, toHex } from "viem"
import { fieldModulus, groupOrder, infinity, negated, points, secondGenerator } from "./bn254.ts"
import { callOf } from "./calls.ts"
import { instruction } from "./instructions.ts"
import { op } from "./opcodes.ts"
import type { Intent } from "./program.ts"
import { maxWord, oneOf, word } from "./words.ts"

const word32 = (value: bigint): Hex => pad(toHex(value), { size: 32 })
const words = (...values: readonly bigint[]): Hex => concatHex(values.map(word32))
const bytes = (maxLength: number): fc.Arbitrary<Hex> =>
  fc.uint8Array({ maxLength }).map((some) => toHex(some))

const secpOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** RFC 6979 makes them the same every time. */
const signatures: readonly Hex[] = await Promise.all(
  [1n, 2n, 3n, 4n, secpOrder - 1n].map(async (key, index) => {
    const hash = word32(2n ** BigInt(50 * index) + 7n)
    const { r, s, yParity } = await sign({ hash, privateKey: word32(key) })
    return concatHex([hash, word32(27n + BigInt(yParity ?? 0)), r, s])
  }),
)

const signature: fc.Arbitrary<Hex> = oneOf<Hex>(
  [6, fc.constantFrom(...signatures)],
  [1, fc.tuple(word, fc.constantFrom(27n, 28n), word, word).map((fields) => words(...fields))],
  [
    1,
    fc
      .tuple(word, word, fc.constantFrom(0n, secpOrder - 1n, secpOrder), fc.constantFrom(0n, 1n, secpOrder))
      .map((fields) => words(...fields)),
  ],
)

const length = oneOf<number>([12, fc.integer({ min: 0, max: 40 })], [1, fc.integer({ min: 0, max: 130 })])

const modularPower: fc.Arbitrary<Hex> = oneOf<Hex>(
  [
    10,
    fc
      .tuple(length, length, length)
      .chain(([base, exponent, modulus]) =>
        fc
          .uint8Array({ minLength: base + exponent + modulus, maxLength: base + exponent + modulus })
          .map((digits) =>
            concatHex([words(BigInt(base), BigInt(exponent), BigInt(modulus)), toHex(digits)]),
          ),
      ),
  ],
  // Sizes that nobody could pay for, and digits that are missing.
  [2, fc.tuple(word, word, word, bytes(40)).map(([b, e, m, digits]) => concatHex([words(b, e, m), digits]))],
  [
    1,
    fc
      .tuple(fc.nat(40), fc.nat(2_000), bytes(9))
      .map(([b, e, d]) => concatHex([words(BigInt(b), BigInt(e), 32n), d])),
  ],
)

const goodPoint = fc.constantFrom(...points, ...points.map(negated), infinity)
const point: fc.Arbitrary<Hex> = oneOf<Hex>(
  [10, goodPoint.map(([x, y]) => words(x, y))],
  [1, fc.tuple(word, word).map((coordinates) => words(...coordinates))],
  [1, goodPoint.map(([x, y]) => words(x + fieldModulus, y))],
)
const factor = oneOf<bigint>(
  [3, word],
  [1, fc.constantFrom(groupOrder, groupOrder - 1n, groupOrder + 1n, maxWord)],
)

const second = words(...secondGenerator)
const pairing: fc.Arbitrary<Hex> = oneOf<Hex>(
  // A point and its negative cancel out: the answer is 1.
  [
    3,
    fc
      .constantFrom(...points)
      .map((one) => concatHex([words(...one), second, words(...negated(one)), second])),
  ],
  [2, fc.tuple(point, point).map(([a, b]) => concatHex([a, second, b, second]))],
  [1, fc.constantFrom<Hex>("0x", concatHex([words(0n, 0n), words(0n, 0n, 0n, 0n)]))],
  [1, fc.tuple(point, word).map(([a, other]) => concatHex([a, words(other, 1n, 2n, 3n)]))],
)

const blake: fc.Arbitrary<Hex> = fc
  .tuple(
    oneOf<number>([8, fc.nat(20)], [1, fc.nat(400)], [1, fc.constant(0xffffffff)]),
    fc.uint8Array({ minLength: 208, maxLength: 208 }),
    oneOf<number>([8, fc.nat(1)], [1, fc.constantFrom(2, 255)]),
  )
  .map(([rounds, state, final]) =>
    concatHex([toHex(rounds, { size: 4 }), toHex(state), toHex(final, { size: 1 })]),
  )

/** By address; the weight has to do with how long a call takes. */
const inputs: readonly (readonly [weight: number, address: bigint, input: fc.Arbitrary<Hex>])[] = [
  [60, 1n, signature],
  [160, 2n, bytes(150)],
  [100, 3n, bytes(150)],
  [160, 4n, bytes(150)],
  [100, 5n, modularPower],
  [60, 6n, fc.tuple(point, point).map(concatHex)],
  [30, 7n, fc.tuple(point, factor).map(([p, k]) => concatHex([p, word32(k)]))],
  [4, 8n, pairing],
  [80, 9n, blake],
]

/** One byte more or less than there should be, now and then. */
const nearly = (input: fc.Arbitrary<Hex>): fc.Arbitrary<Hex> =>
  oneOf<Hex>(
    [12, input],
    [1, input.map((hex) => `${hex}00` as Hex)],
    [1, input.map((hex) => (hex.length > 2 ? (hex.slice(0, -2) as Hex) : hex))],
  )

export const precompileCall: fc.Arbitrary<readonly Intent[]> = oneOf(
  ...inputs.map(
    ([weight, address, input]) =>
      [
        weight,
        fc
          .record({ call: callOf(fc.constant(address)), input: nearly(input), at: fc.nat(70) })
          .map(({ call, input, at }): readonly Intent[] => [
            { kind: "data", at: BigInt(at), bytes: hexToBytes(input) },
            ...call(BigInt(at), BigInt(input.length / 2 - 1)),
            instruction(op("MLOAD"), [0n]),
          ]),
      ] as const,
  ),
)

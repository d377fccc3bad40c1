/** Words that tend to matter, as fast-check arbitraries. */
import * as fc from "fast-check"
import { coinbase, contracts, firstCreations, precompiles, senders, strangers } from "./addresses.ts"

export const maxWord = 2n ** 256n - 1n

const low = (word: bigint): bigint => BigInt.asUintN(256, word)

export const oneOf = <A>(...choices: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<A>])[]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })))

export const smallWord = fc.integer({ min: 0, max: 40 }).map(BigInt)

const powerOfTwo = fc
  .tuple(fc.integer({ min: 0, max: 256 }), fc.constantFrom(-1n, 0n, 1n))
  .map(([exponent, more]) => low(2n ** BigInt(exponent) + more))

const [least, most] = [2n ** 255n, 2n ** 255n - 1n]

/** Pairs that arithmetic with signs goes wrong on. */
export const cornerPair: fc.Arbitrary<readonly [bigint, bigint]> = fc.constantFrom(
  [least, maxWord],
  [least, 1n],
  [least, least],
  [least, 2n],
  [maxWord, maxWord],
  [maxWord, least],
  [most, maxWord],
  [1n, maxWord],
  [5n, 0n],
  [least + 1n, most],
  [most, least],
)

export const corner: fc.Arbitrary<bigint> = cornerPair.map(([a]) => a)

const extreme = fc.constantFrom(
  0n,
  1n,
  2n,
  maxWord,
  maxWord - 1n,
  2n ** 255n,
  2n ** 255n - 1n,
  2n ** 255n + 1n,
  0x80n,
  0xffn,
  2n ** 64n,
  2n ** 128n - 1n,
)

const people = [...senders, coinbase, ...strangers].map(BigInt)
const coded = contracts.map(BigInt)

/** Accounts of the world, mostly contracts. */
export const accountWord: fc.Arbitrary<bigint> = oneOf<bigint>(
  [8, fc.constantFrom(...coded)],
  [3, fc.constantFrom(...people)],
  [1, fc.constantFrom(...precompiles.map(BigInt))],
  [1, fc.constantFrom(...firstCreations.map(BigInt))],
  // The upper twelve bytes of a word that names an account mean nothing.
  [1, fc.constantFrom(...coded, ...people).map((word) => word + 2n ** 160n + 2n ** 255n)],
)

export const word: fc.Arbitrary<bigint> = oneOf<bigint>(
  [6, smallWord],
  [4, extreme],
  [4, powerOfTwo],
  [2, accountWord],
  [2, fc.bigInt({ min: 0n, max: maxWord })],
  [2, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
  [1, fc.bigInt({ min: 0n, max: maxWord }).map((word) => word | (2n ** 255n))],
)

const farAway = fc.constantFrom(
  65_536n,
  1_000_000n,
  2n ** 31n - 1n,
  2n ** 32n - 32n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 32n,
  2n ** 64n - 1n,
  2n ** 64n,
  maxWord - 31n,
  maxWord,
)

const near = fc.integer({ min: 0, max: 130 }).map(BigInt)
const aligned = fc.integer({ min: 0, max: 16 }).map((words) => BigInt(32 * words))
const distant = fc.integer({ min: 0, max: 6_000 }).map(BigInt)

/** Where in memory: mostly near, at odd places as well as at multiples of 32; hardly ever where no gas reaches. */
export const memoryOffset: fc.Arbitrary<bigint> = oneOf(
  [400, near],
  [400, aligned],
  [60, distant],
  [1, farAway],
)

/** How much memory. */
export const memorySize: fc.Arbitrary<bigint> = oneOf<bigint>(
  [400, near],
  [400, aligned],
  [200, fc.constantFrom(0n, 1n, 31n, 32n, 33n, 64n)],
  [40, distant],
  [1, farAway],
)

/** A place and a size; a place of which no byte is used may lie anywhere. */
export const memoryRange: fc.Arbitrary<readonly [offset: bigint, size: bigint]> = oneOf<[bigint, bigint]>(
  [30, fc.tuple(memoryOffset, memorySize)],
  [1, fc.tuple(farAway, fc.constant(0n))],
)

/** Where in something that is copied from: also behind its end, at no cost. */
export const sourceOffset: fc.Arbitrary<bigint> = oneOf([20, near], [3, distant], [2, farAway])

/** Few enough that programs meet each other's values. */
export const storageSlot: fc.Arbitrary<bigint> = oneOf<bigint>(
  [12, fc.integer({ min: 0, max: 5 }).map(BigInt)],
  [1, extreme],
)

export const storedWord: fc.Arbitrary<bigint> = oneOf<bigint>(
  [6, fc.integer({ min: 0, max: 2 }).map(BigInt)],
  [2, word],
)

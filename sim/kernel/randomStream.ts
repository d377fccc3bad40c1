import seedrandom from "seedrandom"
import { sha256Hex } from "./hash.ts"

/**
 * A stream of random numbers that belongs to one name. Drawing from it changes no other stream.
 */
export interface RandomStream {
  /** Uniform in [0, 1), 53 bits. */
  next(): number
  /** Uniform integer from `min` to `maxInclusive`, without bias. Throws a `RangeError` unless both are safe integers in order. */
  int(min: number, maxInclusive: number): number
  /** `count` uniform bytes. */
  bytes(count: number): Uint8Array
  /** A shuffled copy (Fisher–Yates). */
  shuffle<A>(items: readonly A[]): A[]
  /** Standard normal (Marsaglia's polar method). */
  normal(): number
  /** How many numbers have been drawn: each 53-bit number and each started group of four bytes counts one. */
  readonly draws: number
}

/** Changing what a seed gives changes every digest: raise the version and say so in the changelog. */
const DOMAIN = "autonet-sim/random-stream/v1"

/**
 * The stream of `name` under the run's `seed`.
 *
 * The generator is seedrandom's xor4096 (Brent's xorgens), keyed with the SHA-256 of domain, seed and name, each
 * with its length, so that no two pairs share a key. It is seeded at the first draw: an unused stream costs nothing.
 */
export const deriveStream = (seed: string, name: string): RandomStream => new KeyedStream(seed, name)

const TWO_26 = 67_108_864
const TWO_53 = 9_007_199_254_740_992

class KeyedStream implements RandomStream {
  readonly #seed: string
  readonly #name: string
  #int32: (() => number) | undefined = undefined
  #draws = 0

  constructor(seed: string, name: string) {
    this.#seed = seed
    this.#name = name
  }

  get draws(): number {
    return this.#draws
  }

  next(): number {
    this.#draws++
    const int32 = this.#int32 ?? this.#start()
    const high = int32() >>> 5
    return (high * TWO_26 + (int32() >>> 6)) / TWO_53
  }

  int(min: number, maxInclusive: number): number {
    const count = maxInclusive - min + 1
    if (
      !Number.isSafeInteger(min) ||
      !Number.isSafeInteger(maxInclusive) ||
      !(count >= 1) ||
      count > TWO_53
    ) {
      throw new RangeError(
        `int: expected safe integers min <= max less than 2^53 apart, got ${min} and ${maxInclusive}`,
      )
    }
    const limit = TWO_53 - (TWO_53 % count)
    for (;;) {
      const drawn = this.next() * TWO_53
      if (drawn < limit) return min + (drawn % count)
    }
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count)
    const int32 = this.#int32 ?? this.#start()
    for (let at = 0; at < count; at += 4) {
      this.#draws++
      const word = int32()
      for (let index = at; index < Math.min(at + 4, count); index++)
        bytes[index] = word >>> (8 * (index - at))
    }
    return bytes
  }

  shuffle<A>(items: readonly A[]): A[] {
    const shuffled = items.slice()
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.int(0, last)
      const moved = shuffled[last] as A
      shuffled[last] = shuffled[other] as A
      shuffled[other] = moved
    }
    return shuffled
  }

  normal(): number {
    for (;;) {
      const x = 2 * this.next() - 1
      const y = 2 * this.next() - 1
      const squared = x * x + y * y
      if (squared > 0 && squared < 1) return x * Math.sqrt((-2 * Math.log(squared)) / squared)
    }
  }

  #start(): () => number {
    const key = `${DOMAIN}\n${this.#seed.length}:${this.#seed}\n${this.#name.length}:${this.#name}`
    this.#int32 = seedrandom.xor4096(sha256Hex(key)).int32
    return this.#int32
  }
}

/** Points of the curve that the precompiles 6 to 8 compute on, as they are written in their input. */

const field = 21888242871839275222246405745257275088696311157297823662689037894645226208583n

export const fieldModulus = field
export const groupOrder = 21888242871839275222246405745257275088548364400416034343698204186575808495617n

export type Point = readonly [x: bigint, y: bigint]

export const infinity: Point = [0n, 0n]
export const generator: Point = [1n, 2n]

const modulo = (value: bigint): bigint => ((value % field) + field) % field

/** By Fermat. */
const inverse = (value: bigint): bigint => {
  let result = 1n
  let base = modulo(value)
  for (let exponent = field - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % field
    base = (base * base) % field
  }
  return result
}

const add = (a: Point, b: Point): Point => {
  if (a === infinity) return b
  if (b === infinity) return a
  if (a[0] === b[0] && modulo(a[1] + b[1]) === 0n) return infinity
  const slope = a[0] === b[0] ? 3n * a[0] * a[0] * inverse(2n * a[1]) : (b[1] - a[1]) * inverse(b[0] - a[0])
  const x = modulo(slope * slope - a[0] - b[0])
  return [x, modulo(slope * (a[0] - x) - a[1])]
}

export const negated = ([x, y]: Point): Point => [x, y === 0n ? 0n : field - y]

/** The first multiples of the generator. */
export const points: readonly Point[] = Array.from({ length: 8 }).reduce<readonly Point[]>(
  (known) => [...known, add(known.at(-1) as Point, generator)],
  [generator],
)

/** The generator of the second group: x and y, imaginary parts first. */
export const secondGenerator: readonly bigint[] = [
  11559732032986387107991004021392285783925812861821192530917403151452391805634n,
  10857046999023057135944570762232829481370756359578518086990519993285655852781n,
  4082367875863433681332203403145435568316851327593401208105741076214120093531n,
  8495653923123431417604973247489272438418190587263600148770280649306958101930n,
]

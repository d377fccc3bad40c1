// The permutation of Keccak, FIPS 202, section 3.3.

/** Of iota, section 3.2.5, one for each round. */
const roundConstants: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
])
const endOfConstants: usize = roundConstants + 192

/**
 * Keccak-f[1600] on 25 lanes in memory: lane a(x)(y) is number x + 5y. Lanes 1, 2, 8, 12, 17 and 20 are kept as their
 * complements, before and after, so that chi needs 8 inversions a round instead of 25.
 *
 * The state is in locals within the loop. One round to the loop is as fast as any layout that was measured: four rounds
 * in place, two rounds from memory to memory and back, parities gathered during chi; all 24 rounds in a row are slower
 * by a quarter.
 */
export function permute(state: usize): void {
  let a00 = load<u64>(state, 0)
  let a10 = load<u64>(state, 8)
  let a20 = load<u64>(state, 16)
  let a30 = load<u64>(state, 24)
  let a40 = load<u64>(state, 32)
  let a01 = load<u64>(state, 40)
  let a11 = load<u64>(state, 48)
  let a21 = load<u64>(state, 56)
  let a31 = load<u64>(state, 64)
  let a41 = load<u64>(state, 72)
  let a02 = load<u64>(state, 80)
  let a12 = load<u64>(state, 88)
  let a22 = load<u64>(state, 96)
  let a32 = load<u64>(state, 104)
  let a42 = load<u64>(state, 112)
  let a03 = load<u64>(state, 120)
  let a13 = load<u64>(state, 128)
  let a23 = load<u64>(state, 136)
  let a33 = load<u64>(state, 144)
  let a43 = load<u64>(state, 152)
  let a04 = load<u64>(state, 160)
  let a14 = load<u64>(state, 168)
  let a24 = load<u64>(state, 176)
  let a34 = load<u64>(state, 184)
  let a44 = load<u64>(state, 192)
  for (let constant = roundConstants; constant < endOfConstants; constant += 8) {
    // theta
    let c0 = a00 ^ a01 ^ a02 ^ a03 ^ a04
    let c1 = a10 ^ a11 ^ a12 ^ a13 ^ a14
    let c2 = a20 ^ a21 ^ a22 ^ a23 ^ a24
    let c3 = a30 ^ a31 ^ a32 ^ a33 ^ a34
    let c4 = a40 ^ a41 ^ a42 ^ a43 ^ a44
    let d0 = c4 ^ rotl<u64>(c1, 1)
    let d1 = c0 ^ rotl<u64>(c2, 1)
    let d2 = c1 ^ rotl<u64>(c3, 1)
    let d3 = c2 ^ rotl<u64>(c4, 1)
    let d4 = c3 ^ rotl<u64>(c0, 1)

    // rho, pi and chi of plane 0, iota
    let b0 = a00 ^ d0
    let b1 = rotl<u64>(a11 ^ d1, 44)
    let b2 = rotl<u64>(a22 ^ d2, 43)
    let b3 = rotl<u64>(a33 ^ d3, 21)
    let b4 = rotl<u64>(a44 ^ d4, 14)
    let e00 = b0 ^ (b1 | b2) ^ load<u64>(constant)
    let e10 = b1 ^ (~b2 | b3)
    let e20 = b2 ^ (b3 & b4)
    let e30 = b3 ^ (b4 | b0)
    let e40 = b4 ^ (b0 & b1)

    // rho, pi and chi of plane 1
    b0 = rotl<u64>(a30 ^ d3, 28)
    b1 = rotl<u64>(a41 ^ d4, 20)
    b2 = rotl<u64>(a02 ^ d0, 3)
    b3 = rotl<u64>(a13 ^ d1, 45)
    b4 = rotl<u64>(a24 ^ d2, 61)
    let e01 = b0 ^ (b1 | b2)
    let e11 = b1 ^ (b2 & b3)
    let e21 = b2 ^ (b3 | ~b4)
    let e31 = b3 ^ (b4 | b0)
    let e41 = b4 ^ (b0 & b1)

    // rho, pi and chi of plane 2
    b0 = rotl<u64>(a10 ^ d1, 1)
    b1 = rotl<u64>(a21 ^ d2, 6)
    b2 = rotl<u64>(a32 ^ d3, 25)
    b3 = rotl<u64>(a43 ^ d4, 8)
    b4 = rotl<u64>(a04 ^ d0, 18)
    let e02 = b0 ^ (b1 | b2)
    let e12 = b1 ^ (b2 & b3)
    let e22 = b2 ^ (~b3 & b4)
    let e32 = ~b3 ^ (b4 | b0)
    let e42 = b4 ^ (b0 & b1)

    // rho, pi and chi of plane 3
    b0 = rotl<u64>(a40 ^ d4, 27)
    b1 = rotl<u64>(a01 ^ d0, 36)
    b2 = rotl<u64>(a12 ^ d1, 10)
    b3 = rotl<u64>(a23 ^ d2, 15)
    b4 = rotl<u64>(a34 ^ d3, 56)
    let e03 = b0 ^ (b1 & b2)
    let e13 = b1 ^ (b2 | b3)
    let e23 = b2 ^ (~b3 | b4)
    let e33 = ~b3 ^ (b4 & b0)
    let e43 = b4 ^ (b0 | b1)

    // rho, pi and chi of plane 4
    b0 = rotl<u64>(a20 ^ d2, 62)
    b1 = rotl<u64>(a31 ^ d3, 55)
    b2 = rotl<u64>(a42 ^ d4, 39)
    b3 = rotl<u64>(a03 ^ d0, 41)
    b4 = rotl<u64>(a14 ^ d1, 2)
    let e04 = b0 ^ (~b1 & b2)
    let e14 = ~b1 ^ (b2 | b3)
    let e24 = b2 ^ (b3 & b4)
    let e34 = b3 ^ (b4 | b0)
    let e44 = b4 ^ (b0 & b1)

    a00 = e00
    a10 = e10
    a20 = e20
    a30 = e30
    a40 = e40
    a01 = e01
    a11 = e11
    a21 = e21
    a31 = e31
    a41 = e41
    a02 = e02
    a12 = e12
    a22 = e22
    a32 = e32
    a42 = e42
    a03 = e03
    a13 = e13
    a23 = e23
    a33 = e33
    a43 = e43
    a04 = e04
    a14 = e14
    a24 = e24
    a34 = e34
    a44 = e44
  }
  store<u64>(state, a00, 0)
  store<u64>(state, a10, 8)
  store<u64>(state, a20, 16)
  store<u64>(state, a30, 24)
  store<u64>(state, a40, 32)
  store<u64>(state, a01, 40)
  store<u64>(state, a11, 48)
  store<u64>(state, a21, 56)
  store<u64>(state, a31, 64)
  store<u64>(state, a41, 72)
  store<u64>(state, a02, 80)
  store<u64>(state, a12, 88)
  store<u64>(state, a22, 96)
  store<u64>(state, a32, 104)
  store<u64>(state, a42, 112)
  store<u64>(state, a03, 120)
  store<u64>(state, a13, 128)
  store<u64>(state, a23, 136)
  store<u64>(state, a33, 144)
  store<u64>(state, a43, 152)
  store<u64>(state, a04, 160)
  store<u64>(state, a14, 168)
  store<u64>(state, a24, 176)
  store<u64>(state, a34, 184)
  store<u64>(state, a44, 192)
}

// Calls in a loop, so that the benchmark measures the core's functions and not the way into WebAssembly.

import { keccak256 } from "../../../../chain/engine/wasm/assembly/keccak"
import { rememberedKeccak256 } from "../../../../chain/engine/wasm/assembly/keccakMemo"
import { sha256 } from "../../../../chain/engine/wasm/assembly/precompiles/sha256"
import { multiply } from "../../../../chain/engine/wasm/assembly/words/multiply"
import {
  divide,
  modulo,
  signedDivide,
  addModulo,
  multiplyModulo,
} from "../../../../chain/engine/wasm/assembly/words/divide"
import { exponentiate } from "../../../../chain/engine/wasm/assembly/words/exponent"
import {
  shiftLeft,
  shiftRight,
  arithmeticShiftRight,
  signExtend,
  byteOf,
} from "../../../../chain/engine/wasm/assembly/words/shift"
import { loadWord, copyWord } from "../../../../chain/engine/wasm/assembly/words/bytes"

/** Free memory for operands, inputs and results. */
export const room: usize = memory.data(4096, 16)

export function repeatNothing(times: i32, out: usize): void {
  for (let i: i32 = 0; i < times; i++) store<i32>(out, i)
}

export function repeatMultiply(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) multiply(out, a, b)
}

export function repeatDivide(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) divide(out, a, b)
}

export function repeatModulo(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) modulo(out, a, b)
}

export function repeatSignedDivide(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) signedDivide(out, a, b)
}

export function repeatExponentiate(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) exponentiate(out, a, b)
}

export function repeatShiftLeft(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) shiftLeft(out, a, b)
}

export function repeatShiftRight(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) shiftRight(out, a, b)
}

export function repeatArithmeticShiftRight(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) arithmeticShiftRight(out, a, b)
}

export function repeatSignExtend(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) signExtend(out, a, b)
}

export function repeatByteOf(times: i32, out: usize, a: usize, b: usize): void {
  for (let i: i32 = 0; i < times; i++) byteOf(out, a, b)
}

export function repeatLoadWord(times: i32, out: usize, a: usize): void {
  for (let i: i32 = 0; i < times; i++) loadWord(out, a)
}

export function repeatCopyWord(times: i32, out: usize, a: usize): void {
  for (let i: i32 = 0; i < times; i++) copyWord(out, a)
}

export function repeatAddModulo(times: i32, out: usize, a: usize, b: usize, n: usize): void {
  for (let i: i32 = 0; i < times; i++) addModulo(out, a, b, n)
}

export function repeatMultiplyModulo(times: i32, out: usize, a: usize, b: usize, n: usize): void {
  for (let i: i32 = 0; i < times; i++) multiplyModulo(out, a, b, n)
}

export function repeatKeccak256(times: i32, out: usize, input: usize, length: usize): void {
  for (let i: i32 = 0; i < times; i++) keccak256(out, input, length)
}

export function repeatSha256(times: i32, out: usize, input: usize, length: usize): void {
  for (let i: i32 = 0; i < times; i++) sha256(out, input, length)
}

export function repeatRememberedKeccak256(times: i32, out: usize, input: usize, length: usize): void {
  for (let i: i32 = 0; i < times; i++) rememberedKeccak256(out, input, length)
}

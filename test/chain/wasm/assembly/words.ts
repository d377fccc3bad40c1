// What the tests and the benchmark call of the core's words.

export { loadWord, storeWord, storeZero, copyWord } from "../../../../chain/engine/wasm/assembly/words/bytes"
export { isZero, equal, lessThan, signedLessThan } from "../../../../chain/engine/wasm/assembly/words/compare"
export {
  divide,
  modulo,
  signedDivide,
  signedModulo,
  addModulo,
  multiplyModulo,
} from "../../../../chain/engine/wasm/assembly/words/divide"
export { byteLength, exponentiate } from "../../../../chain/engine/wasm/assembly/words/exponent"
export { multiply, multiplyFull } from "../../../../chain/engine/wasm/assembly/words/multiply"
export {
  shiftLeft,
  shiftRight,
  arithmeticShiftRight,
  signExtend,
  byteOf,
} from "../../../../chain/engine/wasm/assembly/words/shift"

/** Free memory for operands and results. */
export const room: usize = memory.data(4096, 16)

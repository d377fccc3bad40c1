/** Results of work as bytes and back, bit by bit. What is not the bytes of such a result reads as undefined. */
import { Result, Schema } from "effect"
import type { Evaluation } from "../evaluation/evaluate.ts"
import type { TrainingPoint, TrainingResult } from "../training/train.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const TrainingNumbers = Schema.Struct({
  samples: Count,
  samplesProcessed: Count,
  steps: Count,
  finalLoss: Schema.Finite,
})

const PointNumbers = Schema.Struct({ step: Count, hasVelocity: Schema.Boolean })

const StoredEvaluation = Schema.Struct({
  total: Count,
  correct: Count,
  accuracy: Schema.Finite,
  loss: Schema.Finite,
  perClass: Schema.Array(Schema.Struct({ correct: Count, total: Count })),
})

export const trainingToBytes = ({ weights, ...numbers }: TrainingResult): Uint8Array =>
  withFloats(numbers, weights)

/** `count` is how many weights there must be. */
export const bytesToTraining = (bytes: Uint8Array, count: number): TrainingResult | undefined => {
  const { line, floats } = lineAndFloats(bytes)
  const numbers = decode(TrainingNumbers, line)
  return numbers === undefined || floats?.length !== count ? undefined : { ...numbers, weights: floats }
}

export const pointToBytes = ({ step, weights, velocity }: TrainingPoint): Uint8Array =>
  withFloats({ step, hasVelocity: velocity !== undefined }, weights, ...(velocity ? [velocity] : []))

/** `count` is how many weights there must be. */
export const bytesToPoint = (bytes: Uint8Array, count: number): TrainingPoint | undefined => {
  const { line, floats } = lineAndFloats(bytes)
  const numbers = decode(PointNumbers, line)
  if (numbers === undefined || floats?.length !== count * (numbers.hasVelocity ? 2 : 1)) return undefined
  return {
    step: numbers.step,
    weights: floats.slice(0, count),
    velocity: numbers.hasVelocity ? floats.slice(count) : undefined,
  }
}

export const evaluationToBytes = (evaluation: Evaluation): Uint8Array =>
  Buffer.from(JSON.stringify(evaluation))

export const bytesToEvaluation = (bytes: Uint8Array): Evaluation | undefined =>
  decode(StoredEvaluation, bytes)

/** A line of JSON, then the floats in the machine's byte order. */
const withFloats = (numbers: object, ...floats: readonly Float32Array[]): Uint8Array =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify(numbers)}\n`),
    ...floats.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ])

/** No floats where the bytes make no whole number of them. */
const lineAndFloats = (bytes: Uint8Array) => {
  const lineEnd = Math.max(0, bytes.indexOf(NEWLINE))
  // A copy, so that it begins where floats may.
  const values = new Uint8Array(bytes.subarray(lineEnd + 1))
  const whole = values.length % Float32Array.BYTES_PER_ELEMENT === 0
  return { line: bytes.subarray(0, lineEnd), floats: whole ? new Float32Array(values.buffer) : undefined }
}

const NEWLINE = 10

const decode = <A>(schema: Schema.Codec<A, unknown>, bytes: Uint8Array): A | undefined => {
  try {
    const decoded = Schema.decodeUnknownResult(schema)(JSON.parse(Buffer.from(bytes).toString("utf8")))
    return Result.isSuccess(decoded) ? decoded.success : undefined
  } catch {
    return undefined
  }
}

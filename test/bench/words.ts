/**
 * Nanoseconds of the WebAssembly core's functions on 256-bit words, and of its Keccak: `npm run bench:words`.
 *
 * Each is called in a loop inside WebAssembly on the same operands; the loop's own cost is in the first line. Rounds
 * over all functions are repeated and interleaved, so that a busy machine slows all of them: the table has the median
 * and the fastest of them. viem's Keccak, which is that of @noble/hashes, is called from JavaScript in the same rounds.
 */
import { keccak256 } from "viem"
import { formatDecimal } from "../../sim/results/format.ts"
import { assembleTestModule } from "../chain/wasm/assembleTestModule.ts"

const ROUNDS = 101
const WARM_UP_CALLS = 20_000
/** Long against the clock's resolution, short against the machine's other work. */
const ROUND_NANOS = 200_000

type Repeat = (times: number, ...pointers: number[]) => void

const module = await assembleTestModule<Readonly<Record<string, Repeat>>>("repeated.ts")
const memory = new DataView(module.memory.buffer)
const room = module.room.value

interface Contender {
  readonly name: string
  /** Nanoseconds of so many calls. */
  readonly time: (calls: number) => number
}

const contender = (name: string, run: (times: number) => void): Contender => ({
  name,
  time: (calls) => {
    const start = process.hrtime.bigint()
    run(calls)
    return Number(process.hrtime.bigint() - start)
  },
})

let free = room + 64

const putWord = (word: bigint): number => {
  const at = free
  free += 32
  for (let limb = 0; limb < 4; limb++) {
    memory.setBigUint64(at + 8 * limb, BigInt.asUintN(64, word >> BigInt(64 * limb)), true)
  }
  return at
}

const ofWords = (name: string, sizes: string, ...operands: readonly bigint[]): Contender => {
  const pointers = operands.map(putWord)
  const repeat = module[`repeat${name}`] as Repeat
  return contender(`${name} ${sizes}`, (times) => repeat(times, room, ...pointers))
}

const ofBytes = (length: number): readonly Contender[] => {
  const bytes = new Uint8Array(length).fill(7)
  const ours = (name: string) =>
    contender(`${name} of ${length} bytes`, (times) => {
      const repeat = module[`repeat${name}`] as Repeat
      repeat(times, room, room + 64, length)
    })
  return [
    ours("Sha256"),
    ours("Keccak256"),
    ours("RememberedKeccak256"),
    contender(`viem's keccak256 of ${length} bytes`, (times) => {
      for (let i = 0; i < times; i++) keccak256(bytes, "bytes")
    }),
  ]
}

const of64 = 0xfedc_ba98_7654_3210n
const of128 = of64 * 2n ** 64n + 0x1234_5678_9abc_def1n
const of256 = of128 * 2n ** 128n + of128
const ether = 10n ** 18n

const contenders: readonly Contender[] = [
  contender("nothing", (times) => (module["repeatNothing"] as Repeat)(times, room)),
  ofWords("CopyWord", "", of256),
  ofWords("LoadWord", "", of256),
  ofWords("Multiply", "64 × 64 bits", of64, ether),
  ofWords("Multiply", "128 × 64 bits", of128, ether),
  ofWords("Multiply", "128 × 128 bits", of128, of128),
  ofWords("Multiply", "256 × 256 bits", of256, of256),
  ofWords("Divide", "64 by 32 bits", of64, 10_000n),
  ofWords("Divide", "128 by 32 bits", of128, 10_000n),
  ofWords("Divide", "128 by 60 bits", of128, ether),
  ofWords("Divide", "256 by 60 bits", of256, ether),
  ofWords("Divide", "256 by 2 ** 224", of256, 2n ** 224n),
  ofWords("Divide", "192 by 128 bits", of256 >> 64n, of128),
  ofWords("Divide", "256 by 128 bits", of256, of128),
  ofWords("Divide", "256 by 250 bits", of256, of256 >> 6n),
  ofWords("Modulo", "128 by 60 bits", of128, ether),
  ofWords("Modulo", "256 by 160 bits", of256, of256 >> 96n),
  ofWords("SignedDivide", "−128 by 60 bits", 2n ** 256n - of128, ether),
  ofWords("AddModulo", "of 64 bits", of64, of64, ether),
  ofWords("AddModulo", "of 256 bits", of256, of256 >> 1n, of256 - 1n),
  ofWords("MultiplyModulo", "of 128 by 60 bits", of128, of64, ether),
  ofWords("MultiplyModulo", "of 256 bits", of256, of256 >> 1n, of256 - 1n),
  ofWords("MultiplyModulo", "2 ** 256 − 1", of256, of256 >> 1n, 2n ** 256n - 1n),
  ofWords("Exponentiate", "10 ** 18", 10n, 18n),
  ofWords("Exponentiate", "256 ** 28", 256n, 28n),
  ofWords("Exponentiate", "3 ** of 256 bits", 3n, of256),
  ofWords("ShiftLeft", "by 96", 96n, of256),
  ofWords("ShiftRight", "by 224", 224n, of256),
  ofWords("ArithmeticShiftRight", "by 7", 7n, of256),
  ofWords("SignExtend", "of 16 bytes", 15n, of256),
  ofWords("ByteOf", "3", 3n, of256),
  ...[32, 64, 136, 1024].flatMap(ofBytes),
]

const plans = contenders.map(({ name, time }) => {
  const nanosPerCall = time(WARM_UP_CALLS) / WARM_UP_CALLS
  const calls = Math.max(10, Math.round(ROUND_NANOS / nanosPerCall))
  return { name, time, calls, nanos: [] as number[] }
})
for (let round = 0; round < ROUNDS; round++) {
  for (const { time, calls, nanos } of plans) nanos.push(time(calls) / calls)
}

console.log("| function | median ns | fastest ns |\n|---|--:|--:|")
for (const { name, nanos } of plans) {
  const sorted = nanos.toSorted((a, b) => a - b)
  const cells = [sorted[ROUNDS >> 1]!, sorted[0]!].map((each) => formatDecimal(each, 1))
  console.log(`| ${name.trim()} | ${cells.join(" | ")} |`)
}

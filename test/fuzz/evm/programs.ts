/** Whole programs: bodies of intents with loops, branches, calls and creations, and every way to end. */
import * as fc from "fast-check"
import { assemble } from "./assemble.ts"
import { callOfNewest, callsFrom, sentValue } from "./calls.ts"
import { instruction, operand, plainInstructions } from "./instructions.ts"
import { op, ops, unassignedOpcodes } from "./opcodes.ts"
import { precompileCall } from "./precompileCalls.ts"
import type { Ending, Intent, JumpKind, Operand, Program } from "./program.ts"
import { accountWord, memoryOffset, oneOf, sourceOffset, storageSlot } from "./words.ts"

type Intents = fc.Arbitrary<readonly Intent[]>

const oneIntent = (intent: fc.Arbitrary<Intent>): Intents => intent.map((one) => [one])
const fewBytes = fc.uint8Array({ maxLength: 6 })

const harmlessJump = oneOf<JumpKind>([1, fc.constant("over")])
const fatalJump = fc.constantFrom<JumpKind>("into data", "swallowed", "nowhere", "to a word")
const jump = (how: fc.Arbitrary<JumpKind>): Intents =>
  oneIntent(fc.record({ kind: fc.constant("jump" as const), how, over: fewBytes }))

const heights = fc.constantFrom(16, 17, 40, 1_000, 1_022, 1_023, 1_024)
/** To the limit of the stack, and what one item more does. */
const fill: Intents = fc
  .tuple(heights, fc.nat(9))
  .map(([height, more]): readonly Intent[] => [
    { kind: "fill", height: more === 0 ? 1_025 : height },
    ...(more === 1 ? [{ kind: "bytes" as const, bytes: Uint8Array.of(op("DUP1")) }] : []),
  ])

/** What ends a program in its middle: an opcode that is none, too few items, INVALID, a stop. */
const sudden: Intents = oneIntent(
  oneOf<number>(
    [3, fc.constantFrom(...unassignedOpcodes)],
    [1, fc.constantFrom(...ops("STOP ADDMOD SWAP16 DUP16 CALL POP RETURN"))],
  ).map((byte) => ({ kind: "bytes", bytes: Uint8Array.of(byte) })),
)

const destroy: Intents = oneIntent(
  accountWord.map((beneficiary) => instruction(op("SELFDESTRUCT"), [beneficiary])),
)

const loop = (body: Intents): Intents =>
  fc
    .tuple(
      oneOf<number>(
        [200, fc.integer({ min: 1, max: 5 })],
        [15, fc.integer({ min: 1, max: 40 })],
        [1, fc.constant(0)],
      ),
      body,
    )
    .map(([times, body]) => [{ kind: "loop", times, body }])

const branch = (body: Intents): Intents =>
  fc.tuple(operand, body).map(([condition, body]) => [{ kind: "branch", condition, body }])

/** The runtime code of what programs create, besides code that is itself generated. */
const plainRuntimes = [
  "",
  "00",
  // SELFDESTRUCT to the caller, to itself, to nobody.
  "33ff",
  "30ff",
  "6130005fff",
  // Adds the caller's value to slot 0; returns what slot 0 holds.
  "345f54015f5560205f5ff3",
  "5f545f5260205ff3",
  // Reverts with its address; runs out of gas.
  "305f5260205ffd",
  "5b5f56",
  // EIP-3541 refuses code that starts so.
  "ef",
  "ef000101",
].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")))

/** At and beyond EIP-170's limit, and more than gas pays for. */
const sizes = fc.constantFrom(24_575, 24_576, 24_577, 30_000, 200)

const ending = (runtime: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Ending> =>
  oneOf<Ending>(
    [40, runtime.map((runtime) => ({ kind: "deploy", runtime }))],
    [2, sizes.map((size) => ({ kind: "deploy", runtime: new Uint8Array(0), size }))],
    [6, commonEnding],
  )

const commonEnding: fc.Arbitrary<Ending> = oneOf<Ending>(
  [120, fc.constant({ kind: "return" })],
  [24, fc.constant({ kind: "store" })],
  [16, fc.constant({ kind: "revert" })],
  [12, fc.constant({ kind: "stop" })],
  [2, fc.constant({ kind: "invalid" })],
  [1, fc.constant({ kind: "again" })],
  [8, accountWord.map((beneficiary) => ({ kind: "destroy", beneficiary }))],
  [
    2,
    fc.tuple(fc.integer({ min: 1, max: 32 }), fc.uint8Array({ maxLength: 31 })).map(([length, bytes]) => ({
      kind: "truncated",
      bytes: Uint8Array.of(op("PUSH1") + length - 1, ...bytes.slice(0, length - 1)),
    })),
  ],
)

const salt: fc.Arbitrary<Operand> = fc.integer({ min: 0, max: 2 }).map(BigInt)

/** What happens to the address on top of the stack after a creation. */
const afterCreation: Intents = fc
  .tuple(
    oneOf<bigint | undefined>([2, storageSlot], [1, fc.constant(undefined)]),
    oneOf<readonly Intent[]>([2, callOfNewest], [1, fc.constant([])]),
  )
  .map(([slot, use]) => [
    ...use,
    ...(slot === undefined ? [] : [instruction(op("SSTORE"), [slot, { copy: use.length > 0 ? 1 : 0 }])]),
  ])

const create = (initCode: fc.Arbitrary<Uint8Array>): Intents =>
  fc
    .record({
      opcode: fc.constantFrom(op("CREATE"), op("CREATE2")),
      value: sentValue,
      salt,
      at: memoryOffset,
      initCode,
      sizeError: oneOf<number>([20, fc.constant(0)], [1, fc.constantFrom(-1, 1, 40, 50_000)]),
      twice: fc.boolean(),
      afterCreation,
    })
    .map(({ twice, afterCreation, ...fields }): readonly Intent[] => {
      const once = { kind: "create" as const, ...fields }
      return twice ? [once, ...afterCreation, once] : [once, ...afterCreation]
    })

interface Sizes {
  readonly groups: number
  readonly depth: number
  /** Which of the world's contracts the program is for; -1 when it is none. */
  readonly index: number
}

const bodies = new Map<string, Intents>()

/** A body of up to so many groups; what it nests is shallower and shorter. */
const body = ({ groups, depth, index }: Sizes): Intents => {
  const key = `${groups}/${depth}/${index}`
  const known = bodies.get(key)
  if (known !== undefined) return known
  const inner = (): Intents => body({ groups: Math.ceil(groups / 3), depth: depth - 1, index })
  const nested: readonly (readonly [number, Intents])[] =
    depth === 0
      ? []
      : [
          [100, loop(inner())],
          [100, branch(inner())],
          [50, create(initCode({ groups: 3, depth: depth - 1, index }))],
          [10, branch(sudden)],
          [20, branch(destroy)],
        ]
  const group = oneOf<readonly Intent[]>(
    [2_400, plainInstructions],
    [220, callsFrom(index)],
    [50, precompileCall],
    [60, jump(harmlessJump)],
    [3, jump(fatalJump)],
    [12, fill],
    [3, sudden],
    ...nested,
  )
  const made = fc.array(group, { maxLength: groups, size: "max" }).map((all) => all.flat())
  bodies.set(key, made)
  return made
}

/** Code that deploys code, most of the time. */
export const initCode = (sizes: Sizes): fc.Arbitrary<Uint8Array> => {
  const runtime: fc.Arbitrary<Uint8Array> = oneOf<Uint8Array>(
    [3, fc.constantFrom(...plainRuntimes)],
    [1, code({ groups: 4, depth: 0, index: sizes.index })],
  )
  return programOf(body(sizes), ending(runtime)).map(assemble)
}

const programOf = (body: Intents, ending: fc.Arbitrary<Ending>): fc.Arbitrary<Program> =>
  fc.record({ body, ending })

/** The code of a contract. */
export const code = (sizes: Sizes): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(beginning, body(sizes), commonEnding)
    .map(([beginning, body, ending]) => assemble({ body: [...beginning, ...body], ending }))

/** Something in memory, so that it matters what is copied from where. */
const beginning: Intents = oneOf<readonly Intent[]>(
  [1, fc.constant([])],
  [2, sourceOffset.map((from) => [instruction(op("CODECOPY"), [1n, from, 150n])])],
  [1, fc.constant([instruction(op("CALLDATACOPY"), [0n, 0n, { run: op("CALLDATASIZE") }])])],
  [1, fc.tuple(memoryOffset, operand).map(([at, what]) => [instruction(op("MSTORE"), [at, what])])],
)

/** One byte of code that is changed, put in or taken out. */
const mutation = fc.record({
  kind: fc.constantFrom("change", "insert", "remove"),
  at: fc.nat(400),
  byte: fc.nat(255),
})

/** Well-formed code after a few accidents: nothing is in order any more. */
export const mutatedCode: fc.Arbitrary<Uint8Array> = fc
  .tuple(code({ groups: 20, depth: 1, index: 0 }), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([code, mutations]) => {
    const bytes = [...code]
    for (const { kind, at, byte } of mutations) {
      const place = at % (bytes.length + 1)
      if (kind === "insert") bytes.splice(place, 0, byte)
      else if (kind === "remove") bytes.splice(place, 1)
      else if (place < bytes.length) bytes[place] = byte
    }
    return Uint8Array.from(bytes)
  })

/** Any bytes, after pushes that let the first of them succeed. */
export const rawCode: fc.Arbitrary<Uint8Array> = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) => Uint8Array.of(...Array.from({ length: 6 }, (_, n) => [0x60, 7 * n]).flat(), ...bytes))

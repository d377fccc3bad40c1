/** Everything together: a world and what happens in it. */
import * as fc from "fast-check"
import { assemble } from "./assemble.ts"
import { contracts } from "./addresses.ts"
import { instruction } from "./instructions.ts"
import { deepMessage, message } from "./messages.ts"
import { op } from "./opcodes.ts"
import type { Intent, Operand } from "./program.ts"
import type { Scenario, Step } from "./scenario.ts"
import { oneOf, storageSlot } from "./words.ts"
import { accounts, accountsWith, blocks } from "./worlds.ts"

const block = fc.nat(1)

const step: fc.Arbitrary<Step> = oneOf<Step>(
  [40, fc.record({ kind: fc.constant("transact" as const), message, block })],
  [6, fc.record({ kind: fc.constant("view" as const), message, block })],
  [2, fc.constant<Step>({ kind: "snapshot" })],
  [2, fc.record({ kind: fc.constant("restore" as const), back: fc.nat(2) })],
  [1, fc.record({ kind: fc.constant("fork" as const), message, block })],
)

/** Of so many steps in a row one stays as it was drawn. */
const stepsInTurn = 4

/** Lets the messages to contracts go round, and pays base fees, so that the programs of a world all run. */
const directed = ({ accounts, blocks, steps }: Scenario): Scenario => {
  const present = contracts.filter((contract) => accounts.some(({ address }) => address === contract))
  const turned = steps.map((step, index): Step => {
    if (!("message" in step) || index % stepsInTurn === stepsInTurn - 1) return step
    const isToContract = contracts.some((contract) => contract === step.message.to)
    const to = isToContract ? (present[index % present.length] as (typeof present)[number]) : step.message.to
    const baseFee = blocks[step.block % blocks.length]?.baseFeePerGas ?? 0n
    const fees = step.message.fees ?? { maxFeePerGas: 2n * baseFee, maxPriorityFeePerGas: baseFee / 2n }
    const isFree = baseFee === 0n && step.message.fees === undefined
    return { ...step, message: { ...step.message, to, ...(isFree ? {} : { fees }) } }
  })
  return { accounts, blocks, steps: turned }
}

const common: fc.Arbitrary<Scenario> = fc
  .record({ accounts, blocks, steps: fc.array(step, { minLength: 4, maxLength: 8, size: "max" }) })
  .map(directed)

/** A call or creation that repeats the program itself; little gas and memory, because there are 1,024 of them. */
const recursions: readonly (readonly Intent[])[] = [
  ...["CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"].map((kind) => {
    const value: readonly Operand[] = kind.endsWith("CODE") || kind === "CALL" ? [0n] : []
    const self = { run: op("ADDRESS") }
    return [instruction(op(kind), [{ run: op("GAS") }, self, ...value, 0n, 32n, 0n, 32n])]
  }),
  ...["CREATE", "CREATE2"].map((kind) => [
    instruction(op("CODECOPY"), [0n, 0n, { run: op("CODESIZE") }]),
    instruction(op(kind), [0n, 0n, { run: op("CODESIZE") }, ...(kind === "CREATE2" ? [0n] : [])]),
  ]),
]

const countCalls = (slot: bigint): readonly Intent[] => [
  instruction(op("ADD"), [1n, { slot }]),
  instruction(op("SSTORE"), [slot]),
]

/** Straight programs that go down to the 1,024th frame and meet the limit there. */
const recursive: fc.Arbitrary<Uint8Array> = fc
  .record({
    recursion: fc.constantFrom(...recursions),
    slot: storageSlot,
    counted: fc.boolean(),
    ending: fc.constantFrom("return" as const, "store" as const, "revert" as const, "stop" as const),
  })
  .map(({ recursion, slot, counted, ending }) =>
    assemble({
      body: [
        ...(counted ? countCalls(slot) : []),
        ...recursion,
        instruction(op("ADD"), [{ run: op("GAS") }]),
        instruction(op("MLOAD"), [0n]),
        instruction(op("ADD"), [1n]),
        instruction(op("DUP1"), []),
        instruction(op("MSTORE"), [0n]),
      ],
      ending: { kind: ending },
    }),
  )

const deep: fc.Arbitrary<Scenario> = fc.record({
  accounts: accountsWith(recursive),
  blocks,
  steps: fc
    .record({ kind: fc.constant("transact" as const), message: deepMessage, block })
    .map((step): readonly Step[] => [step]),
})

/** How many in a thousand go down to the last frame; each takes as long as some fifty others. */
const deepPerThousand = 2

export const scenario: fc.Arbitrary<Scenario> = oneOf<Scenario>(
  [1_000 - deepPerThousand, common],
  [deepPerThousand, deep],
)

/** The codes that were generated for a scenario: of its contracts, and of the transactions that create. */
export const programsOf = ({ accounts, steps }: Scenario): readonly string[] => {
  const deployed = accounts.filter(({ address }) => contracts.includes(address)).map(({ code }) => code)
  const created = steps.flatMap((step) =>
    "message" in step && step.message.to === null ? [step.message.data] : [],
  )
  return [...new Set([...deployed, ...created])].filter((code) => code !== "0x")
}

/** Transactions: most of them reach a contract of the world with gas enough, some no block could hold. */
import * as fc from "fast-check"
import { type Hex, concatHex, pad, toHex } from "viem"
import type { AccessListEntry, Address, Fees, Message } from "../../../chain/engine/engine.ts"
import { coinbase, contracts, firstCreations, precompiles, senders, strangers } from "./addresses.ts"
import { initCode, rawCode } from "./programs.ts"
import { oneOf, storageSlot, word } from "./words.ts"

const word32 = (value: bigint): Hex => pad(toHex(value), { size: 32 })

const callData: fc.Arbitrary<Hex> = oneOf<Hex>(
  [3, fc.array(word, { maxLength: 4 }).map((words) => concatHex(words.map(word32)))],
  [2, fc.uint8Array({ maxLength: 70 }).map((bytes) => toHex(bytes))],
  [1, fc.constant("0x")],
)

/** EIP-3860's limit and one byte more, too. */
const creationData: fc.Arbitrary<Hex> = oneOf<Hex>(
  [30, initCode({ groups: 16, depth: 1, index: -1 }).map((code) => toHex(code))],
  [3, rawCode.map((code) => toHex(code))],
  [1, fc.constantFrom(49_152, 49_153).map((size) => `0x${"00".repeat(size)}` as Hex)],
  [1, fc.constantFrom<Hex>("0x", "0x60ef5f5360015ff3", "0x6160015ff3", "0x32ff", "0x30ff", "0x5f80f3")],
)

const gasLimit = oneOf<bigint>(
  [60, fc.integer({ min: 150_000, max: 900_000 }).map(BigInt)],
  [4, fc.integer({ min: 21_000, max: 80_000 }).map(BigInt)],
  [3, fc.integer({ min: 400_000, max: 2_000_000 }).map(BigInt)],
  [1, fc.constantFrom(0n, 20_999n, 21_000n, 21_001n, 53_000n)],
)

const value = oneOf<bigint>(
  [60, fc.constant(0n)],
  [24, fc.integer({ min: 1, max: 9 }).map(BigInt)],
  [1, fc.constantFrom(10n ** 18n, 10n ** 18n + 1n, 2n ** 255n)],
)

const fees: fc.Arbitrary<Fees | undefined> = oneOf<Fees | undefined>(
  [60, fc.constant(undefined)],
  [
    20,
    fc
      .tuple(fc.integer({ min: 31, max: 60 }), fc.integer({ min: 0, max: 12 }))
      .map(([most, priority]) => ({ maxFeePerGas: BigInt(most), maxPriorityFeePerGas: BigInt(priority) })),
  ],
  // Fees below some base fees, more than the sender has, and a priority fee above the whole.
  [
    1,
    fc.constantFrom(
      { maxFeePerGas: 3n, maxPriorityFeePerGas: 3n },
      { maxFeePerGas: 10n ** 14n, maxPriorityFeePerGas: 1n },
      { maxFeePerGas: 7n, maxPriorityFeePerGas: 8n },
    ),
  ],
)

const nonce = oneOf<bigint | undefined>(
  [80, fc.constant(undefined)],
  [2, fc.integer({ min: 0, max: 3 }).map(BigInt)],
  [1, fc.constantFrom(2n ** 64n - 2n, 2n ** 64n - 1n)],
)

const listed: fc.Arbitrary<AccessListEntry> = fc.record({
  address: fc.constantFrom(
    ...contracts,
    ...senders,
    ...strangers,
    ...precompiles.slice(0, 2),
    ...firstCreations,
  ),
  storageKeys: fc.array(storageSlot.map(word32), { maxLength: 4 }),
})

const accessList = oneOf<readonly AccessListEntry[] | undefined>(
  [5, fc.constant(undefined)],
  [1, fc.array(listed, { maxLength: 4 })],
)

const from: fc.Arbitrary<Address> = oneOf<Address>(
  [40, fc.constantFrom(...senders)],
  // Contracts send nothing (EIP-3607), strangers have nothing.
  [1, fc.constantFrom(contracts[0] as Address, strangers[0] as Address, coinbase)],
)

const toContract: fc.Arbitrary<Address> = fc.constantFrom(...contracts)
const toAnybody = fc.constantFrom(...strangers, ...senders, ...precompiles, ...firstCreations, coinbase)

const without = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const messageWith = (
  to: fc.Arbitrary<Address | null>,
  data: fc.Arbitrary<Hex>,
  gas: fc.Arbitrary<bigint> = gasLimit,
): fc.Arbitrary<Message> =>
  fc
    .record({ from, to, data, value, gasLimit: gas, nonce, fees, accessList })
    .map((fields) => without(fields) as Message)

export const message: fc.Arbitrary<Message> = oneOf<Message>(
  [20, messageWith(toContract, callData)],
  [5, messageWith(fc.constant(null), creationData)],
  [1, messageWith(toAnybody, callData)],
)

/** Enough for 1,024 frames of which each keeps a sixty-fourth of its gas. */
const bottomless = fc.constantFrom(2n ** 36n, 2n ** 37n)

export const deepMessage: fc.Arbitrary<Message> = messageWith(
  fc.constant(contracts[0] as Address),
  callData,
  bottomless,
).map(({ from: _from, fees: _fees, nonce: _nonce, value: _value, ...rest }) => ({
  ...rest,
  from: senders[0] as Address,
  value: 0n,
}))

/** The accounts of a generated world, and the blocks in it. */
import * as fc from "fast-check"
import { type Hex, pad, toHex } from "viem"
import type { AccountState, Address, BlockEnvironment } from "../../../chain/engine/engine.ts"
import { coinbase, contracts, createdBy, senders } from "./addresses.ts"
import { code, mutatedCode, rawCode } from "./programs.ts"
import { oneOf, storageSlot, storedWord } from "./words.ts"

const lastNonce = 2n ** 64n - 1n
const word32 = (value: bigint): Hex => pad(toHex(value), { size: 32 })

const storage: fc.Arbitrary<AccountState["storage"]> = fc
  .uniqueArray(fc.tuple(storageSlot, storedWord), { selector: ([slot]) => slot, maxLength: 4 })
  .map((entries) =>
    entries
      .filter(([, value]) => value !== 0n)
      .map(([slot, value]) => [word32(slot), word32(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const codeOf = (index: number): fc.Arbitrary<Uint8Array> =>
  oneOf<Uint8Array>(
    [16, code({ groups: 45, depth: 2, index })],
    [6, code({ groups: 16, depth: 1, index })],
    [2, mutatedCode],
    [1, rawCode],
  )

const contractNonce = oneOf<bigint>(
  [30, fc.constant(1n)],
  [1, fc.constantFrom(0n, lastNonce - 1n, lastNonce)],
)
/** No world holds 2^256 wei, as no chain does: what a sum beyond it means is nobody's rule. */
const contractBalance = (index: number): fc.Arbitrary<bigint> =>
  oneOf<bigint>(
    [4, fc.constantFrom(0n, 5n, 100n)],
    [1, fc.constantFrom(10n ** 18n, index === 0 ? 2n ** 255n : 10n ** 19n)],
  )

const contractAt = (index: number, codes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<AccountState> =>
  fc
    .record({ code: codes, nonce: contractNonce, balance: contractBalance(index), storage })
    .map(({ code, ...rest }) => ({ address: contracts[index] as Address, code: toHex(code), ...rest }))

const contractsOf = (count: number): fc.Arbitrary<readonly AccountState[]> =>
  fc.tuple(...contracts.slice(0, count).map((_, index) => contractAt(index, codeOf(index))))

const senderNonce = oneOf<bigint>(
  [80, fc.constantFrom(0n, 1n)],
  [1, fc.constantFrom(lastNonce - 1n, lastNonce)],
)

/** The last one is poor. */
const senderAccounts: fc.Arbitrary<readonly AccountState[]> = fc.tuple(
  ...senders.map((address, index) =>
    senderNonce.map((nonce): AccountState => ({
      address,
      nonce,
      balance: index === senders.length - 1 ? 20_000_000n : 10n ** 18n,
      code: "0x",
      storage: [],
    })),
  ),
)

/** Somebody stands where the first contract or the first sender is about to create one. */
const squatters: fc.Arbitrary<readonly AccountState[]> = oneOf<readonly AccountState[]>(
  [12, fc.constant([])],
  [
    1,
    fc
      .record({
        address: fc.constantFrom(
          createdBy(contracts[0] as Address, 1n),
          createdBy(contracts[1] as Address, 1n),
          createdBy(senders[0] as Address, 0n),
          createdBy(senders[0] as Address, 1n),
          createdBy(senders[1] as Address, 0n),
        ),
        how: fc.constantFrom("balance", "nonce", "code", "storage"),
      })
      .map(({ address, how }): readonly AccountState[] => [
        {
          address,
          nonce: how === "nonce" ? 1n : 0n,
          balance: how === "balance" || how === "storage" ? 3n : 0n,
          code: how === "code" ? "0x33ff" : "0x",
          storage: how === "storage" ? [[word32(1n), word32(2n)]] : [],
        },
      ]),
  ],
)

export const accounts: fc.Arbitrary<readonly AccountState[]> = fc
  .tuple(senderAccounts, fc.integer({ min: 2, max: contracts.length }).chain(contractsOf), squatters)
  .map((parts) => parts.flat())

/** A world of one contract, whose code is given. */
export const accountsWith = (codes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<readonly AccountState[]> =>
  fc.tuple(senderAccounts, contractAt(0, codes)).map(([people, contract]) => [...people, contract])

const block: fc.Arbitrary<BlockEnvironment> = fc
  .record({
    number: fc.constantFrom(0n, 1n, 255n, 1_000n, 2n ** 40n),
    baseFeePerGas: oneOf<bigint | undefined>(
      [6, fc.constant(undefined)],
      [1, fc.constantFrom(0n, 1n, 7n, 30n)],
    ),
    blobBaseFee: fc.constantFrom(undefined, 1n, 99n),
    coinbase: oneOf<Address>([8, fc.constant(coinbase)], [1, fc.constantFrom(...senders, ...contracts)]),
    prevRandao: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(word32),
  })
  .map(({ baseFeePerGas, blobBaseFee, ...rest }) => ({
    ...rest,
    timestampSeconds: 1_700_000_000n + rest.number,
    gasLimit: 30_000_000n,
    ...(baseFeePerGas === undefined ? {} : { baseFeePerGas }),
    ...(blobBaseFee === undefined ? {} : { blobBaseFee }),
  }))

export const blocks: fc.Arbitrary<readonly BlockEnvironment[]> = fc.array(block, {
  minLength: 1,
  maxLength: 2,
})

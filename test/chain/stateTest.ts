/** Runs official Ethereum state tests (`GeneralStateTests` format) on an EVM with a state manager of ours. */
import { createBlock } from "@ethereumjs/block"
import { type TypedTransaction, createTx } from "@ethereumjs/tx"
import { Account, createAddressFromString, hexToBytes, setLengthLeft } from "@ethereumjs/util"
import { type VM, createVM, runTx } from "@ethereumjs/vm"
import { type Hex, bytesToHex, keccak256, toRlp } from "viem"
import { computeStateRoot } from "../../chain/engine/ethereumjs/stateRoot.ts"
import { type TunedEvm, createCancunCommon, createTunedEvm } from "../../chain/engine/ethereumjs/tunedEvm.ts"

interface AccountFixture {
  readonly balance: Hex
  readonly nonce: Hex
  readonly code: Hex
  readonly storage: Readonly<Record<Hex, Hex>>
}

type AccessList = readonly { readonly address: Hex; readonly storageKeys: readonly Hex[] }[]

interface TransactionFixture {
  readonly data: readonly Hex[]
  readonly gasLimit: readonly Hex[]
  readonly value: readonly Hex[]
  readonly accessLists?: readonly (AccessList | null)[]
  readonly nonce: Hex
  readonly sender: Hex
  readonly to: Hex | ""
  readonly gasPrice?: Hex
  readonly maxFeePerGas?: Hex
  readonly maxPriorityFeePerGas?: Hex
}

interface ExpectedPost {
  readonly hash: Hex
  readonly logs: Hex
  readonly indexes: { readonly data: number; readonly gas: number; readonly value: number }
  readonly expectException?: string
}

export interface StateTest {
  readonly env: Readonly<Record<string, Hex>>
  readonly pre: Readonly<Record<Hex, AccountFixture>>
  readonly transaction: TransactionFixture
  readonly post: Readonly<Record<string, readonly ExpectedPost[]>>
}

/** One (data, gas, value) combination of a test, at Cancun. */
export interface StateTestCase {
  readonly name: string
  readonly test: StateTest
  readonly expected: ExpectedPost
}

export interface StateTestOutcome {
  readonly stateRoot: Hex
  readonly logsHash: Hex
}

/** The Cancun cases of a parsed fixture file, which may hold several tests. */
export const casesOf = (file: Readonly<Record<string, StateTest>>): readonly StateTestCase[] =>
  Object.entries(file).flatMap(([name, test]) =>
    (test.post["Cancun"] ?? []).map((expected) => {
      const { data, gas, value } = expected.indexes
      return { name: `${name} d${data}g${gas}v${value}`, test, expected }
    }),
  )

/** Runs one case on a fresh tuned EVM. */
export const runStateTestCase = async ({ test, expected }: StateTestCase): Promise<StateTestOutcome> => {
  const tuned = await createTunedEvm()
  await loadAccounts(tuned, test.pre)
  const { common, evm, state } = tuned
  const vm = await createVM({ common, evm, stateManager: state })
  const logs = await execute(vm, test, expected)
  const encoded = logs.map(([address, topics, data]) => [
    bytesToHex(address),
    topics.map((topic) => bytesToHex(topic)),
    bytesToHex(data),
  ])
  return { stateRoot: bytesToHex(await computeStateRoot(state)), logsHash: keccak256(toRlp(encoded)) }
}

const loadAccounts = async ({ state }: TunedEvm, pre: StateTest["pre"]): Promise<void> => {
  for (const [hex, fixture] of Object.entries(pre)) {
    const address = createAddressFromString(hex)
    await state.putAccount(address, new Account(BigInt(fixture.nonce), BigInt(fixture.balance)))
    await state.putCode(address, hexToBytes(fixture.code))
    for (const [slot, value] of Object.entries(fixture.storage)) {
      await state.putStorage(address, setLengthLeft(evenHexToBytes(slot), 32), evenHexToBytes(value))
    }
  }
  state.endTransaction()
}

const evenHexToBytes = (hex: string): Uint8Array =>
  hexToBytes(hex.length % 2 === 0 ? (hex as Hex) : `0x0${hex.slice(2)}`)

const rules = createCancunCommon()

/** The logs of the transaction; none when the transaction is not even valid. */
const execute = async (vm: VM, test: StateTest, expected: ExpectedPost) => {
  const block = createBlock(
    {
      header: {
        number: test.env["currentNumber"] as Hex,
        timestamp: test.env["currentTimestamp"] as Hex,
        coinbase: test.env["currentCoinbase"] as Hex,
        gasLimit: test.env["currentGasLimit"] as Hex,
        baseFeePerGas: test.env["currentBaseFee"] as Hex,
        mixHash: setLengthLeft(evenHexToBytes(test.env["currentRandom"] as Hex), 32),
        excessBlobGas: test.env["currentExcessBlobGas"] ?? "0x0",
      },
    },
    { common: rules, skipConsensusFormatValidation: true },
  )
  try {
    const tx = createTransaction(test.transaction, expected)
    const { execResult } = await runTx(vm, { tx, block })
    return execResult.logs ?? []
  } catch (error) {
    if (expected.expectException !== undefined) return []
    throw error
  }
}

const createTransaction = (fixture: TransactionFixture, { indexes }: ExpectedPost): TypedTransaction => {
  const accessList = fixture.accessLists?.[indexes.data]
  const price =
    fixture.maxFeePerGas === undefined
      ? { gasPrice: fixture.gasPrice as Hex }
      : { maxFeePerGas: fixture.maxFeePerGas, maxPriorityFeePerGas: fixture.maxPriorityFeePerGas as Hex }
  const type = fixture.maxFeePerGas !== undefined ? 2 : accessList ? 1 : 0
  const fields = {
    type,
    nonce: fixture.nonce,
    gasLimit: fixture.gasLimit[indexes.gas] as Hex,
    value: fixture.value[indexes.value] as Hex,
    data: fixture.data[indexes.data] as Hex,
    ...(fixture.to === "" ? {} : { to: fixture.to }),
    ...(type === 0 ? {} : { accessList: accessList ?? [], chainId: 1n }),
    ...price,
  }
  const tx = createTx(fields as Parameters<typeof createTx>[0], { common: rules, freeze: false })
  const sender = createAddressFromString(fixture.sender)
  tx.getSenderAddress = () => sender
  tx.isSigned = () => true
  return tx
}

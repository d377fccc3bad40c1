/** Runs official Ethereum state tests (`GeneralStateTests` format) on any engine. */
import { type Hex, keccak256, pad, toRlp } from "viem"
import {
  type AccessListEntry,
  type BlockEnvironment,
  type Engine,
  type EngineLog,
  type Fees,
  InvalidMessage,
  type Message,
} from "../../chain/engine/engine.ts"

interface AccountFixture {
  readonly balance: Hex
  readonly nonce: Hex
  readonly code: Hex
  readonly storage: Readonly<Record<Hex, Hex>>
}

interface TransactionFixture {
  readonly data: readonly Hex[]
  readonly gasLimit: readonly Hex[]
  readonly value: readonly Hex[]
  readonly accessLists?: readonly (readonly AccessListEntry[] | null)[]
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

/** Runs one case on a fresh engine. */
export const runStateTestCase = async (
  createEngine: () => Promise<Engine>,
  { test, expected }: StateTestCase,
): Promise<StateTestOutcome> => {
  const engine = await createEngine()
  await putAccounts(engine, test.pre)
  const logs = await execute(engine, test, expected)
  const encoded = logs.map(({ address, topics, data }): [Hex, Hex[], Hex] => [address, [...topics], data])
  return { stateRoot: await engine.stateRoot(), logsHash: keccak256(toRlp(encoded)) }
}

const word = (hex: Hex): Hex => pad(hex, { size: 32 })

const putAccounts = async (engine: Engine, pre: StateTest["pre"]): Promise<void> => {
  for (const [address, { nonce, balance, code, storage }] of Object.entries(pre)) {
    const slots = Object.entries(storage).map(([slot, value]) => [word(slot as Hex), word(value)] as const)
    await engine.putAccount({
      address: address as Hex,
      nonce: BigInt(nonce),
      balance: BigInt(balance),
      code,
      storage: slots.filter(([, value]) => BigInt(value) !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)),
    })
  }
}

/** The logs of the transaction; none when the transaction is not even valid. */
const execute = async (
  engine: Engine,
  test: StateTest,
  expected: ExpectedPost,
): Promise<readonly EngineLog[]> => {
  try {
    const { logs } = await engine.transact(messageOf(test.transaction, expected), blockOf(test))
    if (expected.expectException !== undefined)
      throw new Error(`An invalid transaction was executed: ${expected.expectException}.`)
    return logs
  } catch (error) {
    if (error instanceof InvalidMessage && expected.expectException !== undefined) return []
    throw error
  }
}

const blockOf = ({ env }: StateTest): BlockEnvironment => ({
  number: BigInt(env["currentNumber"] as Hex),
  timestampSeconds: BigInt(env["currentTimestamp"] as Hex),
  prevRandao: word(env["currentRandom"] as Hex),
  coinbase: env["currentCoinbase"] as Hex,
  gasLimit: BigInt(env["currentGasLimit"] as Hex),
  baseFeePerGas: BigInt(env["currentBaseFee"] as Hex),
  blobBaseFee: blobBaseFeeAt(BigInt(env["currentExcessBlobGas"] ?? 0)),
})

const blobBaseFeeUpdateFraction = 3_338_477n

/** EIP-4844: e to the power of the excess over the fraction, in integers. */
const blobBaseFeeAt = (excessBlobGas: bigint): bigint => {
  let sum = 0n
  let term = blobBaseFeeUpdateFraction
  for (let power = 1n; term > 0n; power++) {
    sum += term
    term = (term * excessBlobGas) / (blobBaseFeeUpdateFraction * power)
  }
  return sum / blobBaseFeeUpdateFraction
}

const messageOf = (fixture: TransactionFixture, { indexes }: ExpectedPost): Message => {
  const accessList = fixture.accessLists?.[indexes.data]
  return {
    from: fixture.sender,
    to: fixture.to === "" ? null : fixture.to,
    data: fixture.data[indexes.data] as Hex,
    value: BigInt(fixture.value[indexes.value] as Hex),
    gasLimit: BigInt(fixture.gasLimit[indexes.gas] as Hex),
    nonce: BigInt(fixture.nonce),
    fees: feesOf(fixture),
    ...(accessList === undefined || accessList === null ? {} : { accessList }),
  }
}

const feesOf = ({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: TransactionFixture): Fees => ({
  maxFeePerGas: BigInt((maxFeePerGas ?? gasPrice) as Hex),
  maxPriorityFeePerGas: BigInt((maxPriorityFeePerGas ?? gasPrice) as Hex),
})

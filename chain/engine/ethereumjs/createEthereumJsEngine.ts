/** The reference engine: EthereumJS, tuned. */
import type { Block } from "@ethereumjs/block"
import { Account, createAddressFromString } from "@ethereumjs/util"
import { type VM, createVM } from "@ethereumjs/vm"
import { bytesToHex, pad } from "viem"
import type { BlockEnvironment, Engine, Execution, Message } from "../engine.ts"
import { validateMessage } from "../messageRules.ts"
import { stateRootOf } from "../stateRoot.ts"
import { evmBlock } from "./evmBlock.ts"
import { toExecution } from "./execution.ts"
import { type TransactionResult, executeMessage, senderOf } from "./executeMessage.ts"
import { flatAccountStates, putFlatAccount } from "./flatAccounts.ts"
import { runTransaction } from "./runTransaction.ts"
import { type TunedEvm, type TunedEvmOptions, createTunedEvm } from "./tunedEvm.ts"

/** A new engine with an empty state. Independent of every other engine. */
export const createEthereumJsEngine = async (options: TunedEvmOptions = {}): Promise<Engine> =>
  engineOn(await createTunedEvm(options), options)

const engineOn = (tuned: TunedEvm, options: TunedEvmOptions): Engine => {
  const { state } = tuned
  const account = (address: string) => state.accounts.get(address.slice(2).toLowerCase())

  return {
    name: "@ethereumjs/evm 10.1.3, tuned",
    transact: (message, block) => transact(tuned, message, block),
    view: (message, block) => view(tuned, message, block),
    snapshot: () => state.snapshot(),
    restore: (snapshot) => state.restore(snapshot),
    forgetHistory: () => state.forgetHistory(),
    stateRoot: () => stateRootOf(flatAccountStates(state)),
    codeOf: (address) => bytesToHex(account(address)?.code ?? new Uint8Array(0)),
    codeHashOf: (address) => bytesToHex(account(address)?.codeHash ?? new Account().codeHash),
    nonceOf: (address) => account(address)?.nonce ?? 0n,
    balanceOf: (address) => account(address)?.balance ?? 0n,
    setBalance: (address, wei) =>
      state.modifyAccountFields(createAddressFromString(address), { balance: wei }),
    storageAt: (address, slot) => {
      const value = account(address)?.storage.get(BigInt(slot)) ?? 0n
      return pad(`0x${value.toString(16)}`, { size: 32 })
    },
    accounts: () => flatAccountStates(state),
    putAccount: (put) => putFlatAccount(state, put),
    fork: async () => {
      const copy = await createTunedEvm(options)
      copy.state.copyFrom(state)
      return engineOn(copy, options)
    },
  }
}

const transact = async (tuned: TunedEvm, message: Message, block: BlockEnvironment): Promise<Execution> => {
  const { state } = tuned
  const mark = state.checkpointNow()
  let result: TransactionResult
  try {
    result = await execute(tuned, message, block)
  } catch (error) {
    undo(tuned, mark)
    throw error
  }
  state.commitNow()
  state.endTransaction()
  return toExecution(result)
}

const view = async (tuned: TunedEvm, message: Message, block: BlockEnvironment): Promise<Execution> => {
  const mark = tuned.state.checkpointNow()
  try {
    return toExecution(await execute(tuned, message, block))
  } finally {
    undo(tuned, mark)
  }
}

const undo = ({ state, journal }: TunedEvm, mark: number): void => {
  state.revertNowTo(mark)
  journal.cleanJournal()
  state.endTransaction()
}

const execute = async (
  tuned: TunedEvm,
  message: Message,
  block: BlockEnvironment,
): Promise<TransactionResult> => {
  const result = paysOrLists(message, block)
    ? await runWithFees(tuned, message, block)
    : await executeMessage(tuned, message, block)
  tuned.pointEvaluation.refuse()
  return result
}

/** What `executeMessage` leaves to EthereumJS's own, slower `runTx`. */
const paysOrLists = ({ fees, accessList }: Message, { baseFeePerGas }: BlockEnvironment): boolean =>
  fees !== undefined || accessList !== undefined || (baseFeePerGas !== undefined && baseFeePerGas !== 0n)

const machines = new WeakMap<TunedEvm, Promise<VM>>()

const machineOf = (tuned: TunedEvm): Promise<VM> => {
  const known = machines.get(tuned)
  if (known !== undefined) return known
  const { common, evm, state } = tuned
  const machine = createVM({ common, evm, stateManager: state })
  machines.set(tuned, machine)
  return machine
}

const runWithFees = async (
  tuned: TunedEvm,
  message: Message,
  block: BlockEnvironment,
): Promise<TransactionResult> => {
  validateMessage(message, block, senderOf(tuned, message), tuned.anyCodeSize)
  const seen = evmBlock(block, createAddressFromString(block.coinbase)) as unknown as Block
  return runTransaction(await machineOf(tuned), message, seen, tuned.anyCodeSize)
}

/**
 * EthereumJS as its packages make it: `runTx` over the Merkle state manager. The measure for the tuned
 * engine, in differential tests and in the benchmark. Only the signature is left out.
 */
import { type Block, createBlock } from "@ethereumjs/block"
import type { EVM } from "@ethereumjs/evm"
import { Account, createAddressFromString, hexToBytes } from "@ethereumjs/util"
import { type VM, createVM } from "@ethereumjs/vm"
import { bytesToHex, pad } from "viem"
import {
  type AccountState,
  type BlockEnvironment,
  type Engine,
  type Execution,
  InvalidMessage,
  type Message,
  NotSupported,
  StaleSnapshot,
} from "../engine.ts"
import { putAccountInto } from "../stateRoot.ts"
import { toExecution } from "./execution.ts"
import { type PointEvaluationWatch, watchPointEvaluation } from "./pointEvaluation.ts"
import { RecordingStateManager } from "./recordingStateManager.ts"
import { runTransaction } from "./runTransaction.ts"
import { createCancunCommon } from "./tunedEvm.ts"

/** Has no history: `snapshot` and `restore` belong to the tuned engine, and `restore` throws here. */
export const createStockEngine = async (): Promise<Engine> => {
  const common = createCancunCommon()
  const state = new RecordingStateManager({ common })
  const vm = await createVM({ common, stateManager: state })
  const watch = watchPointEvaluation(vm.evm as EVM)
  const account = (address: string) => state.getAccount(createAddressFromString(address))

  return {
    name: "@ethereumjs/vm 10.1.3",
    transact: (message, block) => execute(vm, watch, message, block, "keep"),
    view: (message, block) => execute(vm, watch, message, block, "undo"),
    snapshot: () => ({ mark: 0 }),
    restore: () => {
      throw new StaleSnapshot("The stock engine keeps no history.")
    },
    forgetHistory: () => undefined,
    stateRoot: async () => bytesToHex(await state.getStateRoot()),
    codeOf: async (address) => bytesToHex(await state.getCode(createAddressFromString(address))),
    codeHashOf: async (address) => bytesToHex((await account(address))?.codeHash ?? new Account().codeHash),
    nonceOf: async (address) => (await account(address))?.nonce ?? 0n,
    balanceOf: async (address) => (await account(address))?.balance ?? 0n,
    setBalance: (address, wei) =>
      state.modifyAccountFields(createAddressFromString(address), { balance: wei }),
    storageAt: async (address, slot) => {
      const value = await state.getStorage(createAddressFromString(address), hexToBytes(slot))
      return pad(bytesToHex(value), { size: 32 })
    },
    accounts: () => state.accountStates(),
    putAccount: (put) => replaceAccount(state, put),
    fork: async () => {
      const copy = await createStockEngine()
      for (const each of await state.accountStates()) await copy.putAccount(each)
      return copy
    },
  }
}

const replaceAccount = async (state: RecordingStateManager, account: AccountState): Promise<void> => {
  const address = createAddressFromString(account.address)
  if ((await state.getAccount(address)) !== undefined) {
    await state.clearStorage(address)
    await state.deleteAccount(address)
  }
  return putAccountInto(state, account)
}

const execute = async (
  vm: VM,
  watch: PointEvaluationWatch,
  message: Message,
  environment: BlockEnvironment,
  effects: "keep" | "undo",
): Promise<Execution> => {
  if (message.blobVersionedHashes !== undefined)
    throw new NotSupported("Blob transactions (EIP-4844) are not supported.")
  const state = vm.stateManager
  await state.checkpoint()
  let kept = false
  try {
    const result = await runTransaction(vm, message, createFullBlock(vm, environment), false)
    watch.refuse()
    kept = effects === "keep"
    return toExecution(result)
  } catch (error) {
    if (error instanceof NotSupported) throw error
    throw new InvalidMessage(error instanceof Error ? error.message : String(error))
  } finally {
    await (kept ? state.commit() : state.revert())
  }
}

const createFullBlock = (vm: VM, environment: BlockEnvironment): Block => {
  const block = createBlock(
    {
      header: {
        number: environment.number,
        timestamp: environment.timestampSeconds,
        mixHash: environment.prevRandao,
        coinbase: environment.coinbase,
        gasLimit: environment.gasLimit,
        baseFeePerGas: environment.baseFeePerGas ?? 0n,
      },
    },
    { common: vm.common, skipConsensusFormatValidation: true, freeze: false },
  )
  block.header.getBlobGasPrice = () => environment.blobBaseFee ?? 1n
  return block
}

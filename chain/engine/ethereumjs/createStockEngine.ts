/**
 * EthereumJS as its packages make it: `runTx` over the Merkle state manager. The measure for the tuned
 * engine, in differential tests and in the benchmark. Only the signature is left out.
 */
import { MerkleStateManager } from "@ethereumjs/statemanager"
import { type LegacyTx, createLegacyTx } from "@ethereumjs/tx"
import { type Address, createAddressFromString, hexToBytes } from "@ethereumjs/util"
import { type VM, createVM, runTx } from "@ethereumjs/vm"
import { createBlock } from "@ethereumjs/block"
import { bytesToHex } from "viem"
import { type BlockEnvironment, type Engine, InvalidMessage, type Message, StaleSnapshot } from "../engine.ts"
import { toExecution } from "./execution.ts"
import { createCancunCommon } from "./tunedEvm.ts"

/** Has no history: `snapshot` and `restore` belong to the tuned engine, and `restore` throws here. */
export const createStockEngine = async (): Promise<Engine> => {
  const common = createCancunCommon()
  const stateManager = new MerkleStateManager({ common })
  const vm = await createVM({ common, stateManager })
  const account = (address: string) => stateManager.getAccount(createAddressFromString(address))

  return {
    name: "@ethereumjs/vm 10.1.3",
    transact: (message, block) => transact(vm, message, block),
    view: async (message, block) => {
      await stateManager.checkpoint()
      try {
        return await transact(vm, message, block)
      } finally {
        await stateManager.revert()
      }
    },
    snapshot: () => ({ mark: 0 }),
    restore: () => {
      throw new StaleSnapshot("The stock engine keeps no history.")
    },
    forgetHistory: () => undefined,
    stateRoot: async () => bytesToHex(await stateManager.getStateRoot()),
    codeOf: async (address) => bytesToHex(await stateManager.getCode(createAddressFromString(address))),
    codeHashOf: async (address) => bytesToHex((await account(address))?.codeHash ?? new Uint8Array(32)),
    nonceOf: async (address) => (await account(address))?.nonce ?? 0n,
    balanceOf: async (address) => (await account(address))?.balance ?? 0n,
    setBalance: (address, wei) =>
      stateManager.modifyAccountFields(createAddressFromString(address), { balance: wei }),
    storageAt: async (address, slot) => {
      const value = await stateManager.getStorage(createAddressFromString(address), hexToBytes(slot))
      return bytesToHex(value, { size: 32 })
    },
  }
}

const transact = async (vm: VM, message: Message, environment: BlockEnvironment) => {
  const from = createAddressFromString(message.from)
  const nonce = (await vm.stateManager.getAccount(from))?.nonce ?? 0n
  const block = createBlock(
    {
      header: {
        number: environment.number,
        timestamp: environment.timestampSeconds,
        mixHash: environment.prevRandao,
        coinbase: environment.coinbase,
        gasLimit: environment.gasLimit,
        baseFeePerGas: 0n,
      },
    },
    { common: vm.common, skipConsensusFormatValidation: true },
  )
  const tx = unsigned(message, nonce, from, vm)
  try {
    const result = await runTx(vm, {
      tx,
      block,
      skipBlockGasLimitValidation: true,
      skipHardForkValidation: true,
    })
    return toExecution({ ...result, gasUsed: result.totalGasSpent })
  } catch (error) {
    throw new InvalidMessage(error instanceof Error ? error.message : String(error))
  }
}

/** A transaction whose sender is simply stated. */
const unsigned = (message: Message, nonce: bigint, from: Address, vm: VM): LegacyTx => {
  const { to, data, value, gasLimit } = message
  const fields = { nonce, gasPrice: 0n, gasLimit, value, data, ...(to === null ? {} : { to }) }
  const tx = createLegacyTx(fields, { common: vm.common, freeze: false })
  tx.getSenderAddress = () => from
  tx.isSigned = () => true
  return tx
}

/** The reference engine: EthereumJS, tuned. */
import { Account, createAddressFromString } from "@ethereumjs/util"
import { bytesToHex, pad } from "viem"
import type { BlockEnvironment, Engine, Execution, Message } from "../engine.ts"
import { toExecution } from "./execution.ts"
import { computeStateRoot } from "./stateRoot.ts"
import { type TransactionResult, executeMessage } from "./executeMessage.ts"
import { type TunedEvm, type TunedEvmOptions, createTunedEvm } from "./tunedEvm.ts"

/** A new engine with an empty state. Independent of every other engine. */
export const createEthereumJsEngine = async (options: TunedEvmOptions = {}): Promise<Engine> => {
  const tuned = await createTunedEvm(options)
  const { state } = tuned
  const account = (address: string) => state.accounts.get(address.slice(2).toLowerCase())

  return {
    name: "@ethereumjs/evm 10.1.3, tuned",
    transact: (message, block) => transact(tuned, message, block),
    view: (message, block) => view(tuned, message, block),
    snapshot: () => state.snapshot(),
    restore: (snapshot) => state.restore(snapshot),
    forgetHistory: () => state.forgetHistory(),
    stateRoot: async () => bytesToHex(await computeStateRoot(state)),
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
  }
}

const transact = async (tuned: TunedEvm, message: Message, block: BlockEnvironment): Promise<Execution> => {
  const { state } = tuned
  state.checkpointNow()
  let result: TransactionResult
  try {
    result = await executeMessage(tuned, message, block)
  } catch (error) {
    state.revertNow()
    tuned.journal.cleanJournal()
    throw error
  }
  state.commitNow()
  state.endTransaction()
  return toExecution(result)
}

const view = async (tuned: TunedEvm, message: Message, block: BlockEnvironment): Promise<Execution> => {
  const { state, journal } = tuned
  state.checkpointNow()
  try {
    return toExecution(await executeMessage(tuned, message, block))
  } finally {
    state.revertNow()
    journal.cleanJournal()
    state.endTransaction()
  }
}

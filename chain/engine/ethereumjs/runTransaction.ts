/** EthereumJS's own transaction rules, `runTx`, for a message whose sender is simply stated. */
import type { Block } from "@ethereumjs/block"
import { type FeeMarket1559Tx, createFeeMarket1559Tx } from "@ethereumjs/tx"
import { createAddressFromString } from "@ethereumjs/util"
import { type VM, runTx } from "@ethereumjs/vm"
import type { Message } from "../engine.ts"
import { hexToBytes } from "../hexToBytes.ts"
import type { TransactionResult } from "./executeMessage.ts"
import { createCancunCommon } from "./tunedEvm.ts"

const rules = createCancunCommon()

/** Throws EthereumJS's errors, in its words, for a message that no block could contain. */
export const runTransaction = async (
  vm: VM,
  message: Message,
  block: Block,
  anyCodeSize: boolean,
): Promise<TransactionResult> => {
  const nonce = message.nonce ?? (await nonceOf(vm, message))
  const result = await runTx(vm, {
    tx: unsigned(message, nonce, anyCodeSize),
    block,
    skipBlockGasLimitValidation: true,
    skipHardForkValidation: true,
  })
  return { ...result, gasUsed: result.totalGasSpent }
}

const nonceOf = async (vm: VM, { from }: Message): Promise<bigint> =>
  (await vm.stateManager.getAccount(createAddressFromString(from)))?.nonce ?? 0n

const unsigned = (message: Message, nonce: bigint, anyCodeSize: boolean): FeeMarket1559Tx => {
  const { to, value, gasLimit, fees, accessList = [] } = message
  // EthereumJS would read half a byte as a whole one.
  const data = hexToBytes(message.data)
  if (data === undefined) throw new Error(`not hex: ${message.data}`)
  const fields = {
    nonce,
    gasLimit,
    value,
    data,
    maxFeePerGas: fees?.maxFeePerGas ?? 0n,
    maxPriorityFeePerGas: fees?.maxPriorityFeePerGas ?? 0n,
    accessList: accessList.map(({ address, storageKeys }) => ({ address, storageKeys: [...storageKeys] })),
    chainId: rules.chainId(),
    ...(to === null ? {} : { to }),
  }
  const tx = createFeeMarket1559Tx(fields, {
    common: rules,
    freeze: false,
    allowUnlimitedInitCodeSize: anyCodeSize,
  })
  const from = createAddressFromString(message.from)
  tx.getSenderAddress = () => from
  tx.isSigned = () => true
  return tx
}

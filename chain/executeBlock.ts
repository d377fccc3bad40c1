/** Executes transactions in an order that is given, and tells what came of it as a block. */
import { getAddress } from "viem"
import { type BlockEnvironment, type Engine, type Execution, InvalidMessage } from "./engine/engine.ts"
import { TransactionDropped } from "./errors.ts"
import type { Block, ChainLog, PendingTransaction, Receipt } from "./transaction.ts"

export interface Included {
  readonly pending: PendingTransaction
  readonly execution: Execution
}

export interface Dropped {
  readonly pending: PendingTransaction
  readonly reason: string
}

/**
 * Executes what fits, a sender's transactions in their sequence. What does not fit, or comes after one of its
 * sender's that is left out, waits for another block.
 */
export const executeInOrder = async (
  engine: Engine,
  ordered: readonly PendingTransaction[],
  candidates: readonly PendingTransaction[],
  environment: BlockEnvironment,
): Promise<{ included: readonly Included[]; dropped: readonly Dropped[] }> => {
  const next = firstSequences(candidates)
  const included: Included[] = []
  const dropped: Dropped[] = []
  let gasUsed = 0n
  for (const pending of ordered) {
    if (next.get(pending.from) !== pending.sequence) continue
    if (gasUsed + pending.gasLimit > environment.gasLimit) continue
    try {
      const execution = await engine.transact(pending, environment)
      gasUsed += execution.gasUsed
      included.push({ pending, execution })
    } catch (error) {
      if (!(error instanceof InvalidMessage)) throw error
      dropped.push({ pending, reason: error.message })
    }
    next.set(pending.from, pending.sequence + 1)
  }
  return { included, dropped }
}

/** The lowest pending sequence of each sender; those before it are in blocks. */
const firstSequences = (candidates: readonly PendingTransaction[]): Map<string, number> => {
  const first = new Map<string, number>()
  for (const { from, sequence } of candidates) {
    first.set(from, Math.min(sequence, first.get(from) ?? sequence))
  }
  return first
}

export const toBlock = (environment: BlockEnvironment, included: readonly Included[]): Block => {
  const receipts: Receipt[] = []
  let logIndex = 0
  let gasUsed = 0n
  for (const [transactionIndex, { pending, execution }] of included.entries()) {
    const place = { blockNumber: environment.number, transactionHash: pending.hash, transactionIndex }
    const logs = execution.logs.map((log): ChainLog => {
      return { ...log, address: getAddress(log.address), ...place, logIndex: logIndex++ }
    })
    gasUsed += execution.gasUsed
    receipts.push(toReceipt(pending, execution, logs, place))
  }
  const { number, timestampSeconds, prevRandao } = environment
  return { number, timestampSeconds, prevRandao, gasUsed, receipts }
}

const toReceipt = (
  pending: PendingTransaction,
  execution: Execution,
  logs: readonly ChainLog[],
  place: Pick<Receipt, "blockNumber" | "transactionHash" | "transactionIndex">,
): Receipt => {
  const { createdAddress, reason } = execution
  return {
    ...place,
    from: pending.from,
    to: pending.to,
    status: execution.status,
    gasUsed: execution.gasUsed,
    priorityFeeWeiPerGas: pending.priorityFeeWeiPerGas,
    returnData: execution.returnData,
    logs,
    ...(createdAddress === undefined ? {} : { contractAddress: getAddress(createdAddress) }),
    ...(reason === undefined ? {} : { reason }),
  }
}

export const toError = ({ pending, reason }: Dropped): TransactionDropped =>
  new TransactionDropped({ from: pending.from, hash: pending.hash, reason })

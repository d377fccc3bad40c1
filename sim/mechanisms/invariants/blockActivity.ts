/** What a block did to a contract: an invariant about the contract need not look after the others. */
import type { Address } from "viem"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { Block, ChainLog } from "../../../chain/transaction.ts"

export const logsOf = (block: Block): readonly ChainLog[] => block.receipts.flatMap(({ logs }) => logs)

/** Whether ATN went to the account or came from it. */
export const movedAtn = (
  token: Contract<typeof atnTokenAbi>,
  account: Address,
  logs: readonly ChainLog[],
): boolean =>
  token.events.Transfer.findAll(logs).some(({ args }) => args.from === account || args.to === account)

/** Whether a transaction went to the contract or made it log. */
export const touches = (block: Block, contract: Address): boolean =>
  block.receipts.some(({ to, logs }) => [to, ...logs.map(({ address }) => address)].includes(contract))

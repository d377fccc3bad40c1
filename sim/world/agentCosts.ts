/**
 * What an agent has paid outside the protocol up to a moment: booked work, gas at the stated price, storage.
 * The fees of the blocks that it built are taken off its gas, which may become less than nothing.
 */
import type { ChainSystem } from "../../chain/createChain.ts"
import type { CostLedger, Costs } from "../mechanisms/costLedger.ts"
import type { StorageLedger } from "../mechanisms/storageLedger.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { accountsOf, type CastMember } from "./cast.ts"

export const agentCosts = (options: {
  readonly member: CastMember
  readonly prices: Scenario["costs"]
  readonly costs: CostLedger
  readonly storage: StorageLedger
  readonly chain: ChainSystem
  readonly feesOf: (name: string) => bigint
  readonly nowMillis: number
}): Costs => {
  const { member, prices, costs, storage, chain, feesOf, nowMillis } = options
  const gas = accountsOf(member).reduce((sum, account) => {
    const { gasUsed, priorityFeesWei } = chain.gasOf(account)
    return sum + gasUsed * prices.gasWeiPerGas + priorityFeesWei
  }, 0n)
  const booked = costs.costsOf(member.name)
  return {
    ...booked,
    gas: gas - feesOf(member.name),
    storage: storage.owed(member.name, nowMillis, prices.storageWeiPerMibDay),
  }
}

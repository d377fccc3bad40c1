/** The scenario's capabilities on the scorecard, and curators as those who may report how well they are mastered. */
import type { Address } from "viem"
import { capabilityScorecardAbi } from "../../chain/abi/capabilityScorecard.ts"
import type { Genesis } from "../../chain/genesis.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { membersOf, type CastMember } from "./cast.ts"
import { institutions } from "./institutions.ts"

/** Modules are numbered from 1: 0 is what nobody registered. */
export const moduleIdAt = (place: number): bigint => BigInt(place + 1)

/** While `governance` still governs. Nothing where the set has no scorecard: then every task is worth 1.00. */
export const registerCapabilities = async (
  genesis: Genesis,
  to: Address | undefined,
  { scenario, cast }: { readonly scenario: Scenario; readonly cast: readonly CastMember[] },
): Promise<void> => {
  if (to === undefined) return
  const scorecard = { from: institutions.governance, to, abi: capabilityScorecardAbi } as const
  for (const [place, { name, targetBps = 0 }] of (scenario.learning.capabilities ?? []).entries()) {
    const args = [moduleIdAt(place), name, BigInt(targetBps)] as const
    await genesis.call({ ...scorecard, functionName: "registerModule", args })
  }
  for (const { address } of membersOf(cast, "curator")) {
    const args = [address, true] as const
    await genesis.call({ ...scorecard, functionName: "setAuthorizedEvaluator", args })
  }
}

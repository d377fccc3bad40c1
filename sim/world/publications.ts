/** How a contract set tells that a global model was published. */
import type { ChainLog } from "../../chain/transaction.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"

export interface Publication {
  readonly round: number
  readonly cid: string
}

/** Reads publications of the project from logs, which must come in the order of the chain, each once. */
export const publicationsOf = (
  { project }: Contracts,
  offers: Offers,
  projectId: bigint,
): ((log: ChainLog) => Publication | undefined) => {
  if (offers("Project.publishGlobalModel")) {
    return (log) => {
      const published = project.events.GlobalModelPublished.decode(log)
      if (published?.projectId !== projectId) return undefined
      return { round: Number(published.round), cid: published.cid }
    }
  }
  // No rounds on chain: the n-th publication is round n's.
  let round = 0
  return (log) => {
    const updated = project.events.MatureModelUpdated.decode(log)
    if (updated?.projectId !== projectId) return undefined
    round += 1
    return { round, cid: updated.weightsCid }
  }
}

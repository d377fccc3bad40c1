import { type OrderingPolicy, mergeSenders } from "./orderingPolicy.ts"

/** The highest priority fee per gas first; equal fees as they reached the mempool. The default. */
export const feePriority: OrderingPolicy = {
  name: "feePriority",
  order: (candidates) => {
    const arrival = new Map(candidates.map((candidate, place) => [candidate.hash, place]))
    return mergeSenders(candidates, (a, b) => {
      if (a.priorityFeeWeiPerGas !== b.priorityFeeWeiPerGas) {
        return a.priorityFeeWeiPerGas > b.priorityFeeWeiPerGas
      }
      return (arrival.get(a.hash) as number) < (arrival.get(b.hash) as number)
    })
  },
}

import type { OrderingPolicy } from "./orderingPolicy.ts"

/** As transactions reach the mempool; at the same instant, as they were submitted. Fees buy nothing. */
export const firstComeFirstServed: OrderingPolicy = {
  name: "firstComeFirstServed",
  order: (candidates) => candidates,
}

import { type OrderingPolicy, mergeSenders } from "./orderingPolicy.ts"

/** A fresh permutation for every block; neither fees nor speed buy a place. */
export const random: OrderingPolicy = {
  name: "random",
  order: (candidates, { stream }) => {
    const shuffled = stream.shuffle(candidates)
    const place = new Map(shuffled.map((candidate, index) => [candidate.hash, index]))
    return mergeSenders(candidates, (a, b) => (place.get(a.hash) as number) < (place.get(b.hash) as number))
  },
}

import type { Agent } from "../agent.ts"
import type { TrainingPlan } from "../trainingPlan.ts"

/**
 * Which tasks fall to whom. Tasks of all rounds are counted from 0: place p belongs to proposer p mod the number
 * of proposers, and invites the next `solversPerTask` solvers' shards in turn, or all of them.
 */
export const placesOf = (agent: Agent, round: number): readonly number[] => {
  const { tasksPerRound, proposers } = agent.plan
  const first = (round - 1) * tasksPerRound
  return Array.from({ length: tasksPerRound }, (_, task) => first + task).filter(
    (place) => place % proposers === agent.index,
  )
}

/** Shards that a task invites; a solver's shard has the solver's index. Ascending, without repetition. */
export const invitedShards = (plan: TrainingPlan, place: number): readonly number[] => {
  const { solvers, solversPerTask } = plan
  if (plan.invite === "all") return Array.from({ length: solvers }, (_, shard) => shard)
  const first = place * solversPerTask
  const invited = Array.from(
    { length: Math.min(solvers, solversPerTask) },
    (_, seat) => (first + seat) % solvers,
  )
  return invited.sort((a, b) => a - b)
}

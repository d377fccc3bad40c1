import { capabilityNamed, examplesOf } from "../capability.ts"
import type { Participant } from "../participant.ts"

/** The examples of the agent's shard that a module is about: none where the project has no such module. */
export const ownExamples = (agent: Participant, module: string): Uint32Array => {
  const capability = capabilityNamed(agent.plan, module)
  if (capability === undefined) return new Uint32Array()
  return examplesOf(capability, agent.plan.dataset.train.labels, agent.shardIndices)
}

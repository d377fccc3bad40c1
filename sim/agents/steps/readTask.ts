import { Effect } from "effect"
import type { Agent } from "../agent.ts"
import { loadModel } from "./globalModel.ts"
import { orNothing } from "./orNothing.ts"
import { loadSpecification } from "./taskDocuments.ts"

/** What a task asks for and from which model; undefined where its proposer left nothing that could be worked on. */
export const readTask = (agent: Agent, specHash: string) =>
  orNothing(
    Effect.gen(function* () {
      const specification = yield* loadSpecification(agent, specHash)
      const base = yield* loadModel(agent, specification.round - 1, specification.baseModel)
      return { specification, base }
    }),
  )

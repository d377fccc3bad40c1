import { expect } from "vitest"
import { contentHash, founder, outsider } from "../../contracts/cycle.ts"
import {
  ann,
  announce,
  challenge,
  hold,
  model,
  modelCid,
  registration,
  root,
  shardAt,
  smallChunks,
  storeModel,
} from "../../contracts/shards.ts"
import type { World } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const world = { parameters: smallChunks }
const available = (at: World) => at.read("shards", "checkShardAvailability", [model])
const reportFailure = (at: World) =>
  at.fails(outsider, "shards", "reportVerificationFailure", [model, 0, ann])
const publish = (at: World) => at.send(founder, "project", "publishGlobalModel", [1n, 1n, modelCid])

export const modelShardRegistryStatements: Statements = {
  "announcement-counts": {
    world,
    holds: async (at) => {
      await storeModel(at)
      await announce(at, ann, 0)
      expect(await available(at)).toEqual([0, false])
    },
  },
  "early-failure-report": {
    world,
    holds: async (at) => {
      await storeModel(at)
      await announce(at, ann, 0)
      await challenge(at, ann, 0)
      at.mine(50)
      expect(await reportFailure(at)).toMatch(/^NoMissedChallenge/)
    },
  },
  "failure-without-challenge": {
    world,
    holds: async (at) => {
      await storeModel(at)
      await hold(at, ann, 0)
      expect(await reportFailure(at)).toMatch(/^NoMissedChallenge/)
    },
  },
  "challenge-unanswered": {
    world,
    holds: async (at) => {
      await storeModel(at)
      await announce(at, ann, 0)
      await challenge(at, ann, 0)
      const nothing = [model, 0, [], [], shardAt(0).proof] as const
      expect(await at.fails(ann, "shards", "answerChallenge", nothing)).toMatch(/^WrongChunkCount/)
    },
  },
  "leaving-provider-counts": {
    world,
    holds: async (at) => {
      await storeModel(at)
      await hold(at, ann, 0)
      await at.send(ann, "staking", "requestUnstake", [])
      expect(await available(at)).toEqual([0, false])
    },
  },
  "model-by-anyone": {
    world,
    holds: async (at) => {
      await publish(at)
      expect(await at.fails(outsider, "shards", "registerModel", registration)).toMatch(/^NotPublisher/)
    },
  },
  "model-of-any-project": {
    world,
    holds: async (at) => {
      await at.send(outsider, "project", "createProject", ["p", "cid", 0n, 0n, 0n, "PT", "PT"])
      await at.send(outsider, "project", "publishGlobalModel", [2n, 1n, modelCid])
      for (const [projectId, by] of [
        [2n, outsider],
        [1n, founder],
      ] as const) {
        const name = await at.read("shards", "modelHashOf", [projectId, contentHash(modelCid)])
        if (projectId === 1n) await publish(at)
        await at.send(by, "shards", "registerModel", [name, "manifest", root, 3, 2, 900n, 0, 0, projectId])
      }
    },
  },
  "proof-of-any-length": {
    world,
    holds: async (at) => {
      await publish(at)
      // The root is that of five shards.
      await at.send(founder, "shards", "registerModel", [model, "manifest", root, 2, 0, 900n, 0, 0, 1n])
      const { index, hash, proof } = shardAt(0)
      const { events } = await at.send(outsider, "shards", "verifyShard", [model, index, hash, proof])
      expect(events.map(({ args }) => args["success"])).toEqual([false])
    },
  },
}

/** Registries for tests of the scenario format: real entries in shape, few in number. */
import { Effect, Schema } from "effect"
import type { Registries } from "../../sim/scenario/registries.ts"

export const exampleRegistries: Registries = {
  strategies: new Map([
    ["proposer/honest", {}],
    ["solver/honest", {}],
    [
      "solver/poisoner",
      {
        optionsSchema: Schema.Struct({
          strength: Schema.Finite.check(
            Schema.isBetween({ minimum: 0, maximum: 10 }, { expected: "a number from 0 to 10" }),
          ).pipe(Schema.withDecodingDefaultKey(Effect.succeed(2))),
        }),
      },
    ],
    ["coordinator/honest", { optionsSchema: Schema.Struct({}) }],
    ["coordinator/lazy", {}],
    ["aggregator/honest", {}],
    ["keeper/honest", {}],
  ]),
  rules: [
    { name: "tie-slashes", rule: "A tie slashes nobody.", contract: "ResultsRewards", attack: "A2" },
    { name: "double-payout", rule: "A reward is paid once.", contract: "Project", attack: "A1" },
  ],
  parameters: [
    {
      contract: "ParticipantStaking",
      key: "coordinatorMinStake",
      unit: "wei",
      min: 0n,
      max: 10n ** 26n,
      default: 500n * 10n ** 18n,
      description: "The least stake of a coordinator.",
      setBy: 'ParticipantStaking.setParameter("coordinatorMinStake", value)',
    },
    {
      contract: "ResultsRewards",
      key: "voteCommitBlocks",
      unit: "blocks",
      min: 1n,
      max: 10_000n,
      default: 50n,
      description: "Length of the commit phase of a vote.",
      setBy: 'ResultsRewards.setParameter("voteCommitBlocks", value)',
    },
    {
      contract: "ForcedErrorRegistry",
      key: "jackpot",
      unit: "wei",
      min: 0n,
      max: 10n ** 24n,
      default: 50n * 10n ** 18n,
      description: "What catching a trap wins.",
      setBy: 'ForcedErrorRegistry.setParameter("jackpot", value)',
    },
  ],
}

/** The least that a scenario must say. */
export const minimalScenario = `version: 1
name: minimal
title: The least that a scenario must say.
population:
  - strategy: solver/honest
    count: 3
  - strategy: coordinator/honest
`

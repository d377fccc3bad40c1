/** Storage of models in shards: how they are split, who may hold them, how possession is proven. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

const parameter = parameterOf("ModelShardRegistry")
const MOST_BLOCKS = 1_000_000n
const MOST_POINTS = 1_000_000n

type Bounds = readonly [min: bigint, max: bigint]

/** `view` is the public view that shows it, where there is one. */
const count = (
  key: string,
  [min, max]: Bounds,
  standard: bigint,
  description: string,
  view?: string,
): ContractParameter =>
  parameter("count", {
    key,
    min,
    max,
    default: standard,
    description,
    ...(view === undefined ? {} : { publicView: { functionName: view, args: [] } }),
  })

const points: Bounds = [0n, MOST_POINTS]

const blocks = (key: string, standard: bigint, description: string): ContractParameter =>
  parameter("blocks", { key, min: 1n, max: MOST_BLOCKS, default: standard, description })

export const storageParameters: readonly ContractParameter[] = [
  count(
    "defaultDataShards",
    [1n, 255n],
    10n,
    "Data shards that a model is split into unless it says otherwise.",
    "DEFAULT_DATA_SHARDS",
  ),
  count(
    "defaultParityShards",
    [0n, 254n],
    4n,
    "Parity shards beside them; any as many as data shards restore it.",
    "DEFAULT_PARITY_SHARDS",
  ),
  count("maxShards", [1n, 255n], 32n, "Shards that a model may have, parity included."),
  count("chunkBytes", [32n, 32_768n], 1_024n, "Bytes of a chunk, the unit of a proof of possession."),
  parameter("flag", {
    key: "publishedModelsOnly",
    min: 0n,
    max: 1n,
    default: 1n,
    description: "Whether who speaks for a project may register only models that the project has published.",
  }),
  parameter("wei", {
    key: "minStorageStake",
    min: 0n,
    max: 10n ** 27n,
    default: 50n * ONE,
    description: "Least stake of a storage provider, in any role; below it a provider does not count.",
    publicView: { functionName: "MIN_STORAGE_STAKE", args: [] },
  }),
  count("reputationAtStart", points, 100n, "Reputation of a new storage provider."),
  count("reputationGain", points, 1n, "Reputation gained by an answered challenge."),
  count("reputationLoss", points, 10n, "Reputation lost by a missed challenge."),
  count("maxReputation", points, 1_000n, "Reputation beyond which answered challenges raise it no more."),
  count("minReputation", points, 0n, "Reputation below which a provider may announce no more shards."),
  count("maxProvidersPerShard", [1n, 32n], 8n, "Providers that may hold a shard."),
  count(
    "minProvidersPerShard",
    [0n, 32n],
    1n,
    "Providers of a shard below which anyone may call for recovery.",
  ),
  count("maxShardsPerProvider", [1n, 255n], 4n, "Shards of one model that a provider may announce."),
  blocks(
    "challengeIntervalBlocks",
    7_200n,
    "Blocks between two challenges of a provider about a shard that it holds.",
  ),
  blocks("challengeResponseBlocks", 50n, "Blocks in which a challenge must be answered."),
  count("chunksPerChallenge", [1n, 16n], 4n, "Chunks of a shard that a challenge draws."),
]

/** The least stake of a provider under the scenario's parameters, wei. */
export const minStorageStakeOf = (parameters: Readonly<Record<string, bigint>>): bigint => {
  const declared = storageParameters.find(({ key }) => key === "minStorageStake")
  return parameters["ModelShardRegistry.minStorageStake"] ?? declared?.default ?? 0n
}

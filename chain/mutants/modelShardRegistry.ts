import type { Mutant } from "./mutant.ts"

const contract = "ModelShardRegistry"
const registry = "ModelShardRegistry.sol"
const manifests = "ShardManifests.sol"
const squat = "Shard squat / data withholding"

export const modelShardRegistryMutants: readonly Mutant[] = [
  {
    name: "announcement-counts",
    rule: "A shard counts as held once its provider has shown drawn chunks of it.",
    attack: squat,
    contract,
    file: registry,
    find: "        h.announcedAt = uint48(block.number);\n",
    replace: "        h.announcedAt = uint48(block.number);\n        _list(modelHash, shardIndex, h);\n",
    also: [{ file: registry, find: "        if (!h.held) _list(modelHash, shardIndex, h);\n", replace: "" }],
    killedBy: { statement: "a shard that is announced and not proven is not available" },
  },
  {
    name: "early-failure-report",
    rule: "A challenge is missed once its deadline has passed, and not before.",
    attack: "Reputation flood",
    contract,
    file: registry,
    find: "        return h.challenge == Challenge.Open && block.number > h.deadline;",
    replace: "        return h.challenge == Challenge.Open;",
    killedBy: { statement: "a challenge cannot be reported as missed before its deadline" },
  },
  {
    name: "failure-without-challenge",
    rule: "Nobody loses reputation by another's word alone.",
    attack: "Reputation flood",
    contract,
    file: registry,
    find: `        if (!_hasMissed(_announced(modelHash, shardIndex, provider))) {
            revert NoMissedChallenge(modelHash, shardIndex, provider);
        }
`,
    replace: "        _announced(modelHash, shardIndex, provider);\n",
    killedBy: { statement: "a provider that nobody challenged cannot be reported to have failed" },
  },
  {
    name: "challenge-unanswered",
    rule: "A challenge is answered with every drawn chunk and its proof.",
    attack: squat,
    contract,
    file: registry,
    find: "        _requireChunks(h, chunkBytesOf[modelHash], chunks, chunkProofs);\n",
    replace: "",
    killedBy: { statement: "a provider that knows a shard's hash and none of its chunks cannot prove it" },
  },
  {
    name: "leaving-provider-counts",
    rule: "A provider that has asked for its stake back counts for nothing.",
    attack: squat,
    contract,
    file: "ShardProviders.sol",
    find: "        return info.active ? info.amount : 0;",
    replace: "        return info.amount;",
    killedBy: { statement: "a shard whose only provider is leaving is not available" },
  },
  {
    name: "model-by-anyone",
    rule: "Only who speaks for a project, or has won its task, registers a model.",
    attack: squat,
    contract,
    file: manifests,
    find: "        if (!project.mayPublish(projectId, msg.sender)) revert NotPublisher(projectId, msg.sender);\n",
    replace: "",
    killedBy: { statement: "an outsider cannot register a project's model" },
  },
  {
    name: "model-of-any-project",
    rule: "A model's name is bound to its project.",
    attack: squat,
    contract,
    file: manifests,
    find: "        return keccak256(abi.encode(projectId, contentHash));",
    replace: "        return contentHash;",
    killedBy: { statement: "a project of a stranger's that publishes the same model does not take its name" },
  },
  {
    name: "proof-of-any-length",
    rule: "The tree that a model's shards are proven in is as high as its manifest says.",
    attack: squat,
    contract,
    file: manifests,
    find: "        if (proof.length != ShardProofs.height(m.totalShards)) return false;\n",
    replace: "",
    killedBy: { statement: "a manifest of two shards does not pass a tree of five off as its own" },
  },
]

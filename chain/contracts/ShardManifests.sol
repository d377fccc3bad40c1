// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Parameterised} from "./Parameterised.sol";
import {ShardProofs} from "./ShardProofs.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {IProjectRounds} from "./interfaces/IProjectRounds.sol";
import {IRewardedResults} from "./interfaces/IRewardedResults.sol";
import {OUTCOME_CORRECT} from "./Enumerations.sol";

/// @title Models kept in shards: who may register one, and what its shards must hash to. Sizes in bytes.
/// @notice A model is named by its project and its content (`modelHashOf`), so that nobody takes a project's model by
/// publishing the same content in a project of its own. The solver that won a task registers what it revealed; whoever
/// speaks for a project registers what the project published. The first registration stands.
/// The owner (kept for the interface) has no power; governance has.
abstract contract ShardManifests is Parameterised, Ownable {
    struct Manifest {
        string manifestCid;
        bytes32 merkleRoot;
        uint8 totalShards;
        uint8 dataShards;
        uint8 parityShards;
        uint256 totalSize;
        uint256 createdAt;
        address creator;
        uint8 tier;
        uint8 strategy;
        uint256 projectId;
    }

    struct Shard {
        bytes32 shardHash;
        uint8 shardIndex;
        bool isParityShard;
        uint256 size;
        uint256 lastVerified;
    }

    IParticipantStaking public immutable staking;
    IProjectRounds public project;
    IRewardedResults public results;

    mapping(bytes32 modelHash => Manifest) public modelManifests;
    /// @notice Known once a provider has proven to have it; before that all zero.
    mapping(bytes32 modelHash => mapping(uint8 shardIndex => Shard)) public shards;
    /// @notice Who won a task of a project with this content; set by `recordWinner`.
    mapping(uint256 projectId => mapping(bytes32 modelHash => address)) public winnerOf;
    /// @notice Bytes of a chunk, the unit of a proof of possession, as it was when the model was registered.
    mapping(bytes32 modelHash => uint256) public chunkBytesOf;

    event ModelRegistered(
        bytes32 indexed modelHash,
        string manifestCid,
        uint8 totalShards,
        uint256 projectId
    );
    event ShardVerified(bytes32 indexed modelHash, uint8 shardIndex, address indexed verifier, bool success);
    event WinnerRecorded(
        uint256 indexed projectId,
        bytes32 indexed modelHash,
        uint256 indexed taskId,
        address solver
    );
    event ContractsChanged(address indexed project, address indexed results);

    error UnknownModel(bytes32 modelHash);
    error UnknownShard(bytes32 modelHash, uint8 shardIndex, uint8 totalShards);
    error ModelAlreadyRegistered(bytes32 modelHash, address creator);
    error NotPublisher(uint256 projectId, address caller);
    error NotPublished(uint256 projectId, bytes32 modelHash);
    error NotWinner(uint256 taskId, address solver, uint8 outcome);
    error EmptyHash();
    error EmptyManifest();
    error BadShardCounts(uint256 dataShards, uint256 parityShards, uint256 maximum);
    error ZeroSize();
    error UnknownTier(uint8 tier);
    error UnknownStrategy(uint8 strategy);

    constructor(address staking_, address owner_) Parameterised(owner_) Ownable(owner_) {
        staking = IParticipantStaking(staking_);
        _declare("defaultDataShards", 10, 1, 255);
        _declare("defaultParityShards", 4, 0, 254);
        _declare("maxShards", 32, 1, 255);
        _declare("chunkBytes", 1_024, 32, 32_768);
        _declare("publishedModelsOnly", 1, 0, 1);
    }

    /// @notice The winner of a task by `recordWinner`, or founder, governance or aggregator of the project, which
    /// register what the project published (any hash where publishedModelsOnly is 0: then names are first come, first
    /// served). Once a hash.
    function registerModel(
        bytes32 modelHash,
        string calldata manifestCid,
        bytes32 merkleRoot,
        uint8 dataShards,
        uint8 parityShards,
        uint256 totalSize,
        uint8 tier,
        uint8 strategy,
        uint256 projectId
    ) external {
        if (modelHash == 0 || merkleRoot == 0) revert EmptyHash();
        if (bytes(manifestCid).length == 0) revert EmptyManifest();
        if (totalSize == 0) revert ZeroSize();
        if (tier > 3) revert UnknownTier(tier);
        if (strategy > 2) revert UnknownStrategy(strategy);
        _requireMayRegister(modelHash, projectId);
        Manifest storage m = modelManifests[modelHash];
        if (m.totalShards != 0) revert ModelAlreadyRegistered(modelHash, m.creator);
        m.totalShards = _totalShards(dataShards, parityShards);
        m.manifestCid = manifestCid;
        m.merkleRoot = merkleRoot;
        m.dataShards = dataShards;
        m.parityShards = parityShards;
        m.totalSize = totalSize;
        m.createdAt = block.timestamp;
        m.creator = msg.sender;
        m.tier = tier;
        m.strategy = strategy;
        m.projectId = projectId;
        chunkBytesOf[modelHash] = _value("chunkBytes");
        emit ModelRegistered(modelHash, manifestCid, m.totalShards, projectId);
    }

    /// @notice Anyone: takes over from the results who won a task with what; from then on the solver may register it.
    function recordWinner(uint256 taskId, address solver) external {
        uint8 outcome = results.outcomeOf(taskId, solver);
        if (outcome != OUTCOME_CORRECT) revert NotWinner(taskId, solver, outcome);
        uint256 projectId = results.taskContract().termsOf(taskId).projectId;
        bytes32 modelHash = modelHashOf(projectId, results.contentHashOf(taskId, solver));
        winnerOf[projectId][modelHash] = solver;
        emit WinnerRecorded(projectId, modelHash, taskId, solver);
    }

    /// @notice Anyone: whether a hash is that of the shard, by a proof against the model's root. Says nothing of who has it.
    function verifyShard(
        bytes32 modelHash,
        uint8 shardIndex,
        bytes32 shardHash,
        bytes32[] calldata merkleProof
    ) external returns (bool valid) {
        Manifest storage m = _knownShard(modelHash, shardIndex);
        valid = _isShard(m, shardIndex, shardHash, merkleProof);
        emit ShardVerified(modelHash, shardIndex, msg.sender, valid);
    }

    function setContracts(address project_, address results_) external onlyGovernance {
        project = IProjectRounds(project_);
        results = IRewardedResults(results_);
        emit ContractsChanged(project_, results_);
    }

    function getModelManifest(
        bytes32 modelHash
    )
        external
        view
        returns (
            string memory manifestCid,
            bytes32 merkleRoot,
            uint8 totalShards,
            uint8 dataShards,
            uint256 totalSize,
            uint8 tier,
            uint8 strategy
        )
    {
        Manifest storage m = _known(modelHash);
        return (m.manifestCid, m.merkleRoot, m.totalShards, m.dataShards, m.totalSize, m.tier, m.strategy);
    }

    /// @notice Data shards that clients split a model into unless they have a reason not to.
    function DEFAULT_DATA_SHARDS() external view returns (uint8) {
        return uint8(_value("defaultDataShards"));
    }

    /// @notice Parity shards beside them: any so many shards as there are data shards restore the model.
    function DEFAULT_PARITY_SHARDS() external view returns (uint8) {
        return uint8(_value("defaultParityShards"));
    }

    /// @notice The name of a project's model. `contentHash` is the keccak256 of its content identifier.
    function modelHashOf(uint256 projectId, bytes32 contentHash) public pure returns (bytes32) {
        return keccak256(abi.encode(projectId, contentHash));
    }

    function _isShard(
        Manifest storage m,
        uint8 shardIndex,
        bytes32 shardHash,
        bytes32[] calldata proof
    ) internal view returns (bool) {
        if (proof.length != ShardProofs.height(m.totalShards)) return false;
        bytes32 leaf = ShardProofs.shardLeaf(shardIndex, shardHash);
        return ShardProofs.rootOf(leaf, shardIndex, proof) == m.merkleRoot;
    }

    function _known(bytes32 modelHash) internal view returns (Manifest storage m) {
        m = modelManifests[modelHash];
        if (m.totalShards == 0) revert UnknownModel(modelHash);
    }

    function _knownShard(bytes32 modelHash, uint8 shardIndex) internal view returns (Manifest storage m) {
        m = _known(modelHash);
        if (shardIndex >= m.totalShards) revert UnknownShard(modelHash, shardIndex, m.totalShards);
    }

    function _totalShards(uint256 dataShards, uint256 parityShards) private view returns (uint8) {
        uint256 most = _value("maxShards");
        if (dataShards == 0 || dataShards + parityShards > most) {
            revert BadShardCounts(dataShards, parityShards, most);
        }
        return uint8(dataShards + parityShards);
    }

    function _requireMayRegister(bytes32 modelHash, uint256 projectId) private view {
        if (winnerOf[projectId][modelHash] == msg.sender) return;
        if (!project.mayPublish(projectId, msg.sender)) revert NotPublisher(projectId, msg.sender);
        if (_value("publishedModelsOnly") == 1 && !_isPublished(modelHash, projectId)) {
            revert NotPublished(projectId, modelHash);
        }
    }

    /// @dev The last round's global model, or the mature one.
    function _isPublished(bytes32 modelHash, uint256 projectId) private view returns (bool) {
        string memory cid = project.globalModelOf(projectId, project.lastRoundOf(projectId));
        if (_isNamed(modelHash, projectId, cid)) return true;
        (cid, ) = project.getMatureModel(projectId);
        return _isNamed(modelHash, projectId, cid);
    }

    function _isNamed(bytes32 modelHash, uint256 projectId, string memory cid) private pure returns (bool) {
        return bytes(cid).length > 0 && modelHashOf(projectId, keccak256(bytes(cid))) == modelHash;
    }
}
